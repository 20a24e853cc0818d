import type { Db } from '../open.ts'
import { prepared } from '../prepared.ts'
import { DOSSIER_COLUMNS, fromSql, type SqlRow, type StoredDossier } from './dossiers.ts'

/** Marks a dossier as the first of its sitting. */
export function openSitting(db: Db, firstId: number): void {
  prepared(db, 'UPDATE dossiers SET sitting_id = id WHERE id = ?').run(firstId)
}

/** The dossiers of a sitting that were accepted and are not cancelled, in the order they were logged. */
export function dossiersOfSitting(db: Db, sittingId: number): readonly StoredDossier[] {
  return prepared<SqlRow>(
    db,
    `SELECT ${DOSSIER_COLUMNS} FROM dossiers d WHERE d.sitting_id = ? AND d.accepted_at IS NOT NULL AND d.state <> 'voided'
       ORDER BY d.id`,
  )
    .all(sittingId)
    .map((row) => fromSql(row)!)
}
