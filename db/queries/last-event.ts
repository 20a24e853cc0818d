import type { Db } from '../open.ts'
import { prepared } from '../prepared.ts'

/** When the newest event was recorded, or null before the first one. */
export function lastRecordedAt(db: Db): number | null {
  const row = prepared<{ at: number }>(
    db,
    'SELECT recorded_at AS at FROM events ORDER BY id DESC LIMIT 1',
  ).get()
  return row?.at ?? null
}
