import type { Db } from '../open.ts'
import { prepared } from '../prepared.ts'
import { DOSSIER_COLUMNS, fromSql, type SqlRow, type StoredDossier } from './dossiers.ts'

/** Marks a dossier as the first of its sitting. */
export function openSitting(db: Db, firstId: number): void {
  prepared(db, 'UPDATE dossiers SET sitting_id = id WHERE id = ?').run(firstId)
}

/** All dossiers of a sitting, in the order they were logged. */
export function dossiersOfSitting(db: Db, sittingId: number): readonly StoredDossier[] {
  return prepared<SqlRow>(
    db,
    `SELECT ${DOSSIER_COLUMNS} FROM dossiers d WHERE d.sitting_id = ? ORDER BY d.id`,
  )
    .all(sittingId)
    .map((row) => fromSql(row)!)
}
