import type { Db } from '../open.ts'
import { prepared } from '../prepared.ts'

export interface OutageRow {
  readonly id: number
  readonly unitId: number
  readonly fromAt: number
  /** Null while it lasts. */
  readonly toAt: number | null
  readonly reason: string
  readonly declaredBy: number | null
  readonly declaredAt: number
}

const COLUMNS = `id, unit_id AS unitId, from_at AS fromAt, to_at AS toAt, reason, declared_by AS declaredBy,
  declared_at AS declaredAt`

export function insertOutage(db: Db, outage: Omit<OutageRow, 'id'>): number {
  const insert = prepared(
    db,
    `INSERT INTO outages (unit_id, from_at, to_at, reason, declared_by, declared_at)
       VALUES (@unitId, @fromAt, @toAt, @reason, @declaredBy, @declaredAt)`,
  )
  return Number(insert.run(outage).lastInsertRowid)
}

export function findOutage(db: Db, id: number): OutageRow | null {
  return prepared<OutageRow>(db, `SELECT ${COLUMNS} FROM outages WHERE id = ?`).get(id) ?? null
}

/** Ends an outage that lasts; says whether there was one. */
export function endOutage(db: Db, id: number, toAt: number): boolean {
  const end = prepared(db, 'UPDATE outages SET to_at = ? WHERE id = ? AND to_at IS NULL AND from_at < ?')
  return end.run(toAt, id, toAt).changes === 1
}

/** An outage of the unit in which `at` lies, or null. */
export function outageAt(db: Db, unitId: number, at: number): OutageRow | null {
  const row = prepared<OutageRow>(
    db,
    `SELECT ${COLUMNS} FROM outages INDEXED BY outages_unit
       WHERE unit_id = ? AND from_at <= ? AND (to_at IS NULL OR to_at >= ?) ORDER BY from_at DESC LIMIT 1`,
  ).get(unitId, at, at)
  return row ?? null
}

/** Outages of these units (null: of all), the newest first. */
export function listOutages(db: Db, unitIds: readonly number[] | null, limit: number): readonly OutageRow[] {
  return prepared<OutageRow>(
    db,
    `SELECT ${COLUMNS} FROM outages WHERE @units IS NULL OR unit_id IN (SELECT value FROM json_each(@units))
       ORDER BY from_at DESC, id DESC LIMIT @limit`,
  ).all({ units: unitIds && JSON.stringify(unitIds), limit })
}
