import type { Db } from '../open.ts'
import { prepared } from '../prepared.ts'

export interface ReorganisationRow {
  readonly id: number
  readonly onDay: string
  readonly document: string
  readonly title: string
  /** JSON of the plan. */
  readonly plan: string
  readonly recordedAt: number
  readonly actorId: number | null
  /** Null while its day has not come. */
  readonly appliedAt: number | null
  readonly movedDossiers: number | null
}

const ROW = `id, on_day AS onDay, document, title, plan, recorded_at AS recordedAt, actor_id AS actorId,
  applied_at AS appliedAt, moved_dossiers AS movedDossiers`

/** Every reorganisation recorded, the oldest day first. */
export function listReorganisations(db: Db): readonly ReorganisationRow[] {
  return prepared<ReorganisationRow>(db, `SELECT ${ROW} FROM reorganisations ORDER BY on_day, id`).all()
}

export function findReorganisation(db: Db, id: number): ReorganisationRow | undefined {
  return prepared<ReorganisationRow>(db, `SELECT ${ROW} FROM reorganisations WHERE id = ?`).get(id)
}

export function isRecorded(db: Db, document: string, onDay: string): boolean {
  return (
    prepared(db, 'SELECT 1 FROM reorganisations WHERE document = ? AND on_day = ?').get(document, onDay) !==
    undefined
  )
}

export function insertReorganisation(
  db: Db,
  row: Omit<ReorganisationRow, 'id' | 'appliedAt' | 'movedDossiers'>,
): number {
  const insert = prepared(
    db,
    'INSERT INTO reorganisations (on_day, document, title, plan, recorded_at, actor_id) VALUES (?, ?, ?, ?, ?, ?)',
  )
  const { onDay, document, title, plan, recordedAt, actorId } = row
  return Number(insert.run(onDay, document, title, plan, recordedAt, actorId).lastInsertRowid)
}

/** The first time it was applied stands; what is moved later is added to the number. */
export function markApplied(db: Db, id: number, at: number, moved: number): void {
  prepared(
    db,
    `UPDATE reorganisations SET applied_at = coalesce(applied_at, ?), moved_dossiers = coalesce(moved_dossiers, 0) + ?
       WHERE id = ?`,
  ).run(at, moved, id)
}

export interface NewUnit {
  readonly key: string
  readonly kind: string
  readonly vertical: boolean
}

export function insertUnit(db: Db, { key, kind, vertical }: NewUnit): number {
  const insert = prepared(db, 'INSERT INTO units (key, kind, vertical) VALUES (?, ?, ?)')
  return Number(insert.run(key, kind, vertical ? 1 : 0).lastInsertRowid)
}

export function setReceivingShop(db: Db, unitId: number, shopId: number | null): void {
  prepared(db, 'UPDATE units SET receiving_shop_id = ? WHERE id = ?').run(shopId, unitId)
}

export interface NewUnitVersion {
  readonly unitId: number
  readonly name: string
  readonly shortName: string
  readonly level: string
  readonly gsoCode: string | null
  readonly agencyCode: string
  readonly codeFormat: string
  readonly parentUnitId: number | null
  readonly validFrom: string
  readonly document: string
}

export function insertUnitVersion(db: Db, version: NewUnitVersion): void {
  prepared(
    db,
    `INSERT INTO unit_versions (unit_id, name, short_name, level, gso_code, agency_code, code_format, parent_unit_id,
       valid_from, document) VALUES (@unitId, @name, @shortName, @level, @gsoCode, @agencyCode, @codeFormat, @parentUnitId,
       @validFrom, @document)`,
  ).run(version)
}

/** The version in force ends on `lastDay`. */
export function endUnitVersion(db: Db, unitId: number, lastDay: string): void {
  prepared(db, 'UPDATE unit_versions SET valid_to = ? WHERE unit_id = ? AND valid_to IS NULL').run(
    lastDay,
    unitId,
  )
}

export interface LineageRow {
  readonly fromUnitId: number
  readonly toUnitId: number
  readonly kind: 'merge' | 'split_part' | 'rename' | 'transfer_function'
  readonly onDay: string
  readonly document: string
  readonly share: number | null
}

export function insertLineage(db: Db, row: LineageRow): void {
  prepared(
    db,
    `INSERT INTO unit_lineage (from_unit_id, to_unit_id, kind, on_day, document, share)
       VALUES (@fromUnitId, @toUnitId, @kind, @onDay, @document, @share)`,
  ).run(row)
}
