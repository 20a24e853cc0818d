import type { Db } from '../open.ts'
import { prepared } from '../prepared.ts'

/** The end of a day at a desk; `figures` is the JSON of what it fixed (src/day-close/day-figures.ts). */
export interface DayCloseRow {
  readonly id: number
  readonly unitId: number
  readonly day: string
  readonly figures: string
  readonly closedAt: number
  readonly closedById: number | null
  readonly documentId: number | null
}

const ROW = `SELECT id, unit_id AS unitId, day, figures, closed_at AS closedAt, closed_by_id AS closedById,
  document_id AS documentId FROM day_closes`
/** Opened again, and not closed since. */
const OPEN_AGAIN = `json_extract(figures, '$.openAgain') = 1`

/** The row of a day, closed or opened again; null while nobody has closed it. */
export function findDayClose(db: Db, unitId: number, day: string): DayCloseRow | null {
  return prepared<DayCloseRow>(db, `${ROW} WHERE unit_id = ? AND day = ?`).get(unitId, day) ?? null
}

/** The last closed day before this one. */
export function lastDayClose(db: Db, unitId: number, before: string): DayCloseRow | null {
  return (
    prepared<DayCloseRow>(
      db,
      `${ROW} WHERE unit_id = ? AND day < ? AND NOT ${OPEN_AGAIN} ORDER BY day DESC LIMIT 1`,
    ).get(unitId, before) ?? null
  )
}

/** The first closed day that covers or follows this one; null while money may still be written to it. */
export function closedFrom(db: Db, unitId: number, day: string): DayCloseRow | null {
  return (
    prepared<DayCloseRow>(
      db,
      `${ROW} WHERE unit_id = ? AND day >= ? AND NOT ${OPEN_AGAIN} ORDER BY day LIMIT 1`,
    ).get(unitId, day) ?? null
  )
}

/** The first day before this one that was opened again and that no closing covers since; null without any. */
export function openedAgainBefore(db: Db, unitId: number, before: string): DayCloseRow | null {
  return (
    prepared<DayCloseRow>(
      db,
      `${ROW} AS r WHERE unit_id = @unitId AND day < @before AND ${OPEN_AGAIN} AND NOT EXISTS (
           SELECT 1 FROM day_closes c WHERE c.unit_id = @unitId AND c.day > r.day
             AND json_extract(c.figures, '$.openAgain') = 0 AND json_extract(c.figures, '$.from') <= r.day)
         ORDER BY day LIMIT 1`,
    ).get({ unitId, before }) ?? null
  )
}

export function upsertDayClose(db: Db, row: Omit<DayCloseRow, 'id' | 'documentId'>): void {
  prepared(
    db,
    `INSERT INTO day_closes (unit_id, day, figures, closed_at, closed_by_id) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT (unit_id, day) DO UPDATE SET figures = excluded.figures, closed_at = excluded.closed_at,
         closed_by_id = excluded.closed_by_id`,
  ).run(row.unitId, row.day, row.figures, row.closedAt, row.closedById)
}

export function setDayFigures(db: Db, id: number, figures: string): void {
  prepared(db, 'UPDATE day_closes SET figures = ? WHERE id = ?').run(figures, id)
}

export function setDayDocument(db: Db, id: number, documentId: number): void {
  prepared(db, 'UPDATE day_closes SET document_id = ? WHERE id = ?').run(documentId, id)
}
