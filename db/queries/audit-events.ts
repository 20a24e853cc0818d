import type { Db } from '../open.ts'
import { prepared } from '../prepared.ts'

/** An event as its row is, value by value in the order of the table: id, dossier, seq, act, occurred, recorded, actor, on behalf of, changes. */
export type EventRow = readonly [
  number,
  number,
  number,
  string,
  number,
  number,
  number | null,
  number | null,
  string,
]

const ROW = 'id, dossier_id, seq, act, occurred_at, recorded_at, actor_id, on_behalf_of_id, changes'

/** Events after one id up to another, in their order, not more than `limit`. */
export function eventRowsBetween(
  db: Db,
  { after, through, limit }: { readonly after: number; readonly through: number; readonly limit: number },
): readonly EventRow[] {
  return prepared<EventRow>(db, `SELECT ${ROW} FROM events WHERE id > ? AND id <= ? ORDER BY id LIMIT ?`)
    .raw()
    .all(after, through, limit)
}

/** Those of these events that there are. */
export function eventRowsOf(db: Db, ids: readonly number[]): readonly EventRow[] {
  return prepared<EventRow>(db, `SELECT ${ROW} FROM events WHERE id IN (SELECT value FROM json_each(?))`)
    .raw()
    .all(JSON.stringify(ids))
}

/** The last event recorded before `at`, of those after `after`; `after` itself when there is none. */
export function lastEventBefore(db: Db, after: number, at: number): number {
  const row = prepared<{ id: number | null }>(
    db,
    'SELECT max(id) AS id FROM events WHERE id > ? AND recorded_at < ?',
  ).get(after, at)
  return row?.id ?? after
}
