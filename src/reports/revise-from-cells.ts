import { newestLateChange } from '../../db/queries/late-changes.ts'
import { closedPeriodsSince } from '../../db/queries/periods.ts'
import { closingOf, insertSnapshot, NEWEST_REVISION, newestRevision } from '../../db/queries/snapshots.ts'
import type { Deps } from '../deps.ts'
import { parsePeriod } from '../domain/calendar/periods.ts'
import { composeSnapshots } from './compose-snapshots.ts'
import { figuresHash } from './figures.ts'
import type { ClosedDays } from './next-revision.ts'
import { revisePeriods } from './revise-periods.ts'
import { readRevision } from './revisions.ts'
import { differingUnits } from './verify-revisions.ts'

/** Cause of a revision that takes up no event: the figures were wrong before. */
export const NO_EVENT = '[]'

/**
 * After the cells have been put right: a new full revision, composed from them, of every unit whose closed period
 * tells something else. Returns how many. One period a transaction; safe twice.
 */
export function reviseFromCells(deps: Pick<Deps, 'db' | 'clock'>): number {
  const { db } = deps
  revisePeriods(deps)
  const revise = db.transaction((period: ClosedDays) => reviseDiffering(deps, period))
  return closedPeriodsSince(db, '0000-00-00').reduce((rows, period) => rows + revise.immediate(period), 0)
}

function reviseDiffering(deps: Pick<Deps, 'db' | 'clock'>, { key, from, to }: ClosedDays): number {
  const { db, clock } = deps
  const unitIds = new Set(differingUnits(db, { key, from, to }).map(({ unitId }) => unitId))
  if (unitIds.size === 0) return 0
  const { closedAt, formulaVersion } = closingOf(db, key)!
  const revision = newestRevision(db, key, 'own')!.revision + 1
  const throughChange = newestLateChange(db)
  const newest = { periodKey: key, revision: NEWEST_REVISION, withBreakdown: false }
  const hashes = new Map(readRevision(db, newest).map((row) => [row.unitId, row.hash]))
  const fresh = composeSnapshots(deps, parsePeriod(key)).filter(({ unitId }) => unitIds.has(unitId))
  for (const snapshot of fresh) {
    const follows = { hash: hashes.get(snapshot.unitId) ?? null, cause: NO_EVENT }
    insertSnapshot(db, key, {
      ...snapshot,
      revision,
      kind: 'full',
      throughChange,
      closedAt,
      takenAt: clock.now(),
      formulaVersion,
      cause: NO_EVENT,
      hash: figuresHash({ ...snapshot, periodKey: key, follows }),
    })
  }
  return fresh.length
}
