import type { UnitStay } from '../../src/domain/counting/stays.ts'
import type { Db } from '../open.ts'
import { prepared } from '../prepared.ts'
import { DOSSIER_COLUMNS, fromSql, type SqlRow, type StoredDossier } from './dossiers.ts'

/**
 * The dossiers of these units that a reorganisation on `on` may move: waiting to be received, pending, ended on that
 * day or since (it was entered late), and results that wait to be handed over. Those already moved on that day are
 * left out. Nothing may be written while they are read.
 */
export function* movableDossiers(db: Db, unitIds: readonly number[], on: string): Generator<StoredDossier> {
  const rows = prepared<SqlRow>(
    db,
    `SELECT ${DOSSIER_COLUMNS} FROM dossiers d WHERE d.id IN (${CANDIDATES}) AND ${MOVABLE} ORDER BY d.id`,
  )
  for (const row of rows.iterate({ units: JSON.stringify(unitIds), on })) yield fromSql(row) as StoredDossier
}

/** How many there are, by the units they belong to and by procedure. */
export function movableCounts(db: Db, unitIds: readonly number[], on: string): readonly MovableCount[] {
  return prepared<MovableCount>(
    db,
    `SELECT unit_id AS unitId, receiving_unit_id AS receivingUnitId, holder_unit_id AS holderUnitId,
       procedure_id AS procedureId, coalesce(ended_on, refused_intake_on, '9999') < @on AS isEnded, count(*) AS n
     FROM dossiers d WHERE d.id IN (${CANDIDATES}) AND ${MOVABLE} GROUP BY 1, 2, 3, 4, 5`,
  ).all({ units: JSON.stringify(unitIds), on })
}

export interface MovableCount {
  readonly unitId: number
  readonly receivingUnitId: number
  readonly holderUnitId: number
  readonly procedureId: number
  /** 1: a result that waits to be handed over. */
  readonly isEnded: 0 | 1
  readonly n: number
}

const UNITS = '(SELECT value FROM json_each(@units))'
const CANDIDATES = `SELECT id FROM dossiers INDEXED BY dossiers_unit_ended WHERE unit_id IN ${UNITS} AND ended_on IS NULL
  UNION SELECT id FROM dossiers INDEXED BY dossiers_unit_ended WHERE unit_id IN ${UNITS} AND ended_on >= @on
  UNION SELECT id FROM dossiers INDEXED BY dossiers_receiving_received WHERE receiving_unit_id IN ${UNITS}
    AND (ended_on IS NULL OR ended_on >= @on)
  UNION SELECT id FROM dossiers INDEXED BY dossiers_to_return WHERE state = 'result_ready'
    AND (unit_id IN ${UNITS} OR receiving_unit_id IN ${UNITS})`
const MOVABLE = `d.state <> 'voided' AND (d.unit_since IS NULL OR d.unit_since < @on) AND (d.state IN ('submitted', 'result_ready')
  OR d.accepted_on IS NOT NULL AND (d.ended_on IS NULL OR d.ended_on >= @on) OR d.refused_intake_on >= @on)`

/** The columns of a row that a move changes. */
export type MovedColumns = Pick<
  StoredDossier,
  'id' | 'version' | 'unitId' | 'receivingUnitId' | 'holderUnitId' | 'unitSince' | 'assigneeId'
>

/** Writes a moved row if nobody changed it since `row.version` was read; says whether it did. */
export function updateUnits(db: Db, row: MovedColumns): boolean {
  return (
    prepared(
      db,
      `UPDATE dossiers SET version = version + 1, unit_id = ?, receiving_unit_id = ?, holder_unit_id = ?, unit_since = ?,
         assignee_id = ? WHERE id = ? AND version = ?`,
    ).run(
      row.unitId,
      row.receivingUnitId,
      row.holderUnitId,
      row.unitSince,
      row.assigneeId,
      row.id,
      row.version,
    ).changes === 1
  )
}

/** Puts these stays, oldest first, in the place of those a dossier had. */
export function replaceUnitStays(db: Db, dossierId: number, stays: readonly UnitStay[]): void {
  prepared(db, 'DELETE FROM dossier_units WHERE dossier_id = ?').run(dossierId)
  const insert = prepared(
    db,
    `INSERT INTO dossier_units (dossier_id, from_on, to_on, unit_id, receiving_unit_id)
       VALUES (?, ?, coalesce(date(?, '-1 day'), '9999-12-31'), ?, ?)`,
  )
  for (const [index, { from, unitId, receivingUnitId }] of stays.entries())
    insert.run(dossierId, from, stays[index + 1]?.from ?? null, unitId, receivingUnitId)
}

/** A number of dossiers that went from one unit to another in [from, to] while they were pending. */
export interface UnitTransfer {
  readonly fromUnit: number
  readonly toUnit: number
  readonly n: number
}

/** Every pair of units between which dossiers moved in [from, to], by resolving or by receiving unit. */
export function unitTransfers(
  db: Db,
  { from, to, recordedBy, attribution }: TransferQuery,
): readonly UnitTransfer[] {
  const unit = attribution === 'resolving' ? 'unit_id' : 'receiving_unit_id'
  return prepared<UnitTransfer>(
    db,
    `SELECT a.${unit} AS fromUnit, b.${unit} AS toUnit, count(*) AS n
       FROM dossiers d INDEXED BY dossiers_moved JOIN dossier_units b ON b.dossier_id = d.id
       JOIN dossier_units a ON a.dossier_id = d.id AND a.to_on = date(b.from_on, '-1 day')
     WHERE d.unit_since IS NOT NULL AND b.from_on BETWEEN @from AND @to AND d.state <> 'voided'
       AND d.accepted_on < b.from_on AND (d.ended_on IS NULL OR d.ended_on >= b.from_on)
       AND EXISTS (SELECT 1 FROM events e WHERE e.dossier_id = d.id AND e.act = 'transfer_unit' AND e.recorded_at <= @recordedBy
         AND json_extract(e.changes, '$.unitSince') = b.from_on)
     GROUP BY 1, 2`,
  ).all({ from, to, recordedBy })
}

export interface TransferQuery {
  readonly from: string
  readonly to: string
  /** Moves recorded later are not in the figures asked for. */
  readonly recordedBy: number
  readonly attribution: 'resolving' | 'receiving'
}
