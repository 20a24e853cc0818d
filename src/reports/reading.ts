import { closedAt } from '../../db/queries/periods.ts'
import { newestRevision } from '../../db/queries/snapshots.ts'
import type { Deps } from '../deps.ts'
import type { Period } from '../domain/calendar/periods.ts'
import { RuleError } from '../domain/refusals.ts'

/** A revision, or the figures as they are now. */
export type Reading = number | 'current'

/** In an address: the figures as they are now. */
export const CURRENT = 'hien-tai'

/**
 * Which revision an address asks for (`ban=2`, `ban=hien-tai`); null where it asks for none, which is the first one.
 * Refuses a revision that the period has not got.
 */
export function readReading(
  deps: Pick<Deps, 'db'>,
  period: Period,
  text: string | undefined,
): Reading | null {
  if (text === undefined || text === '') return null
  if (text === CURRENT) return 'current'
  if (!/^[1-9]\d{0,4}$/.test(text)) throw new RuleError('invalid_revision', { value: text, current: CURRENT })
  const revision = Number(text)
  requireRevision(deps, period, revision)
  return revision
}

/** Refuses a revision that a closed period has not got, and any of a period that is not closed. */
export function requireRevision({ db }: Pick<Deps, 'db'>, period: Period, revision: number): void {
  const newest = newestRevision(db, period.key)
  if (newest === null || closedAt(db, period.key) === null)
    throw new RuleError('period_not_closed', { period: period.label })
  if (revision > newest.revision) {
    throw new RuleError('unknown_revision', { period: period.label, revision, newest: newest.revision })
  }
}

/** As addresses write it. */
export function readingText(reading: Reading): string {
  return reading === 'current' ? CURRENT : String(reading)
}

/** 'bản 2', 'số liệu hiện tại' */
export function readingName(reading: Reading): string {
  return reading === 'current' ? 'số liệu hiện tại' : `bản ${reading}`
}
