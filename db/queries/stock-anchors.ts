import { daysBetween } from '../../src/domain/calendar/day.ts'
import type { Db } from '../open.ts'
import { prepared } from '../prepared.ts'

/** A place's number of a cell: [unit, receiving unit, procedure, channel index, officer]. */
export type PlaceNumbers = readonly number[]

/** Cells after a day up to which a stock is read back from today's totals; beyond it an anchor is nearer. */
export const LATER_CELLS_AT_MOST = 50_000

const UPSERT = `INSERT INTO stock_anchors (day, unit_id, receiving_unit_id, procedure_id, channel, officer_id, open, overdue)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT DO UPDATE SET open = open + excluded.open, overdue = overdue + excluded.overdue`

/** Adds to one place's stock at an anchor; a place not there yet begins. */
export function addToAnchor(db: Db, day: string, place: PlaceNumbers, open: number, overdue: number): void {
  if (open === 0 && overdue === 0) return
  prepared(db, UPSERT).run(day, ...place, open, overdue)
}

/** The days on which stocks are kept, from `day` on, oldest first. */
export function anchorDaysFrom(db: Db, day: string): readonly string[] {
  return prepared<{ day: string }>(
    db,
    `SELECT to_on AS day FROM periods INDEXED BY periods_anchor
       WHERE kind = 'month' AND scheme = 'calendar' AND closed_at IS NOT NULL AND to_on >= ? ORDER BY to_on`,
  )
    .all(day)
    .map((row) => row.day)
}

export function removeAnchorsOf(db: Db, unitId: number): void {
  prepared(db, 'DELETE FROM stock_anchors WHERE unit_id = ?').run(unitId)
}

/** Before anything was counted: an anchor without stocks. */
const BEGINNING = '0000-00-00'

/**
 * The day from which the stock at the end of `day` is read forward, or null where reading back from today's totals
 * passes fewer cells: the last closed month before it, or the beginning where that is nearer than today.
 */
export function anchorFor(db: Db, day: string, laterCellsAtMost: number): string | null {
  const later = prepared<{ n: number }>(
    db,
    `SELECT count(*) AS n FROM (SELECT 1 FROM day_cells INDEXED BY sqlite_autoindex_day_cells_1
       WHERE day > ? LIMIT ?)`,
  ).get(day, laterCellsAtMost)!.n
  if (later < laterCellsAtMost) return null
  const row = prepared<{ anchor: string | null }>(
    db,
    `SELECT max(to_on) AS anchor FROM periods INDEXED BY periods_anchor
       WHERE kind = 'month' AND scheme = 'calendar' AND closed_at IS NOT NULL AND to_on <= ?`,
  ).get(day)
  return row?.anchor ?? (isNearerTheBeginning(db, day) ? BEGINNING : null)
}

function isNearerTheBeginning(db: Db, day: string): boolean {
  const edge = (which: 'min' | 'max') =>
    prepared<{ day: string | null }>(
      db,
      `SELECT ${which}(day) AS day FROM day_cells INDEXED BY sqlite_autoindex_day_cells_1`,
    ).get()?.day ?? day
  return daysBetween(edge('min'), day) < daysBetween(day, edge('max'))
}
