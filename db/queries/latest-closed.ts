import type { PeriodKind, PeriodScheme } from '../../src/domain/calendar/periods.ts'
import type { Db } from '../open.ts'
import { prepared } from '../prepared.ts'

/** Key of the newest closed period of a kind, or null. */
export function latestClosed(db: Db, kind: PeriodKind, scheme: PeriodScheme): string | null {
  const row = prepared<{ key: string }>(
    db,
    `SELECT key FROM periods WHERE kind = ? AND scheme = ? AND closed_at IS NOT NULL ORDER BY to_on DESC LIMIT 1`,
  ).get(kind, scheme)
  return row?.key ?? null
}
