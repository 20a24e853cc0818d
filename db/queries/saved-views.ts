import type { Db } from '../open.ts'
import { prepared } from '../prepared.ts'

/** A list somebody has named: the query of its address. */
export interface SavedView {
  readonly id: number
  readonly name: string
  readonly query: string
  readonly position: number
}

/** Somebody's own lists, in their order. */
export function savedViewsOf(db: Db, officerId: number): readonly SavedView[] {
  return prepared<SavedView>(
    db,
    'SELECT id, name, query, position FROM saved_views WHERE officer_id = ? ORDER BY position, id',
  ).all(officerId)
}

/** Keeps a list under a name, at the end; one of the same name gives way. */
export function upsertSavedView(db: Db, officerId: number, name: string, query: string): void {
  prepared(
    db,
    `INSERT INTO saved_views (officer_id, name, query, position)
       VALUES (@officerId, @name, @query, (SELECT coalesce(max(position), 0) + 1 FROM saved_views WHERE officer_id = @officerId))
       ON CONFLICT (officer_id, name) DO UPDATE SET query = excluded.query`,
  ).run({ officerId, name, query })
}

export function renameSavedView(db: Db, id: number, name: string): void {
  prepared(db, 'UPDATE saved_views SET name = ? WHERE id = ?').run(name, id)
}

export function removeSavedView(db: Db, id: number): void {
  prepared(db, 'DELETE FROM saved_views WHERE id = ?').run(id)
}

export function moveSavedView(db: Db, id: number, position: number): void {
  prepared(db, 'UPDATE saved_views SET position = ? WHERE id = ?').run(position, id)
}
