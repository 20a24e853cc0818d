import type { Period } from '../../src/domain/calendar/periods.ts'
import type { Db } from '../open.ts'
import { prepared } from '../prepared.ts'

/** Last day of the last closed week, or null: what is dated on or before it corrects a closed period. */
export function lastClosedDay(db: Db): string | null {
  const row = prepared<{ day: string | null }>(
    db,
    `SELECT max(to_on) AS day FROM periods WHERE kind = 'week' AND closed_at IS NOT NULL`,
  ).get()
  return row?.day ?? null
}

export function upsertPeriod(db: Db, period: Period): void {
  prepared(
    db,
    `INSERT INTO periods (key, kind, scheme, from_on, to_on, label) VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET label = excluded.label`,
  ).run(period.key, period.kind, period.scheme, period.from, period.to, period.label)
}

export function markClosed(db: Db, periodKey: string, at: number): void {
  prepared(db, 'UPDATE periods SET closed_at = ? WHERE key = ? AND closed_at IS NULL').run(at, periodKey)
}

export function closedAt(db: Db, periodKey: string): number | null {
  const row = prepared<{ closedAt: number | null }>(
    db,
    'SELECT closed_at AS closedAt FROM periods WHERE key = ?',
  ).get(periodKey)
  return row?.closedAt ?? null
}

/** Keys of all closed periods. */
export function closedPeriodKeys(db: Db): ReadonlySet<string> {
  const rows = prepared<{ key: string }>(db, 'SELECT key FROM periods WHERE closed_at IS NOT NULL').all()
  return new Set(rows.map((row) => row.key))
}

/** Closed periods that have one of the days, the shortest first. */
export function closedPeriodsOf(db: Db, from: string, to: string): readonly ClosedDays[] {
  return prepared<ClosedDays>(
    db,
    `SELECT key, label, from_on AS "from", to_on AS "to" FROM periods INDEXED BY periods_closed
       WHERE closed_at IS NOT NULL AND to_on >= ? AND from_on <= ? ORDER BY from_on DESC, to_on`,
  ).all(from, to)
}

export interface ClosedDays {
  readonly key: string
  readonly label: string
  readonly from: string
  readonly to: string
}

/** The closed periods that end on `day` or later, the earliest end first. */
export function closedPeriodsSince(
  db: Db,
  day: string,
): readonly { readonly key: string; readonly from: string; readonly to: string }[] {
  return prepared<{ key: string; from: string; to: string }>(
    db,
    `SELECT key, from_on AS "from", to_on AS "to" FROM periods INDEXED BY periods_closed
       WHERE closed_at IS NOT NULL AND to_on >= ? ORDER BY to_on, key`,
  ).all(day)
}
