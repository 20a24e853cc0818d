import { createHash } from 'node:crypto'
import { newestLateChange } from '../../db/queries/late-changes.ts'
import { closedAt, markClosed, upsertPeriod } from '../../db/queries/periods.ts'
import { insertSnapshot, snapshotChains } from '../../db/queries/snapshots.ts'
import { addToAnchor } from '../../db/queries/stock-anchors.ts'
import { tallyCells } from '../../db/queries/tallies.ts'
import { catalogueOf } from '../catalogue/catalogue.ts'
import type { Deps } from '../deps.ts'
import { type Instant, printInstant } from '../domain/calendar/day.ts'
import { closesAt, type Period } from '../domain/calendar/periods.ts'
import { RuleError } from '../domain/refusals.ts'
import { hourSetting } from '../settings/setting-value.ts'
import { composeSnapshots } from './compose-snapshots.ts'

export interface ClosedPeriod {
  readonly period: Period
  /** Moment of revision 1. */
  readonly closedAt: Instant
  /** False: it was closed before and is left as it was. */
  readonly closedNow: boolean
  /** Units with a revision 1. */
  readonly units: number
  /** SHA-256 over the hashes of these revisions in the order of the units' ids. */
  readonly checksum: string
}

/**
 * Closes a period: revision 1 of every unit, in one transaction. Safe twice: a closed period is left as it is.
 * Refuses a period whose hour of closing has not come (`period_not_over`).
 */
export function closePeriod(deps: Pick<Deps, 'db' | 'clock'>, period: Period): ClosedPeriod {
  const close = deps.db.transaction(() => closeOnce(deps, period))
  return close.immediate()
}

function closeOnce(deps: Pick<Deps, 'db' | 'clock'>, period: Period): ClosedPeriod {
  const { db, clock } = deps
  const before = closedAt(db, period.key)
  if (before !== null) return { ...closing(deps, period), closedAt: before, closedNow: false }
  const now = clock.now()
  const from = closesAt(catalogueOf(db).calendar(null), period, hourSetting(db, 'close_at'))
  if (now < from) throw new RuleError('period_not_over', { period: period.label, from: printInstant(from) })
  upsertPeriod(db, period)
  const first = { revision: 1, kind: 'full', closedAt: now, takenAt: now, cause: null } as const
  const throughChange = newestLateChange(db)
  for (const snapshot of composeSnapshots(deps, period)) {
    insertSnapshot(db, period.key, { ...snapshot, ...first, throughChange })
  }
  if (period.kind === 'month' && period.scheme === 'calendar') anchorStocks(db, period)
  markClosed(db, period.key, now)
  return { ...closing(deps, period), closedAt: now, closedNow: true }
}

/** Keeps the stocks at the end of a closed month, from which later readings of the months after it start. */
function anchorStocks(db: Deps['db'], { to }: Period): void {
  for (const { place, tally } of tallyCells(db, { from: to, to, unitIds: null })) {
    const { unitId, receivingUnitId, procedureId, channel, officerId } = place
    const numbers = [unitId, receivingUnitId, procedureId, channel, officerId]
    addToAnchor(db, to, numbers, tally.open, tally.openOverdue)
  }
}

function closing(
  { db }: Pick<Deps, 'db'>,
  period: Period,
): Pick<ClosedPeriod, 'period' | 'units' | 'checksum'> {
  const heads = snapshotChains(db, { periodKey: period.key, revision: 1, withBreakdown: false })
  const hash = createHash('sha256')
  for (const head of heads) hash.update(head.hash)
  return { period, units: heads.length, checksum: hash.digest('hex') }
}
