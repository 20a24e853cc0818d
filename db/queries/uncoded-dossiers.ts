import type { Db } from '../open.ts'
import { prepared } from '../prepared.ts'
import { DOSSIER_COLUMNS, fromSql, type SqlRow, type StoredDossier } from './dossiers.ts'

/** Dossiers without a code, with the folded name of their applicant: submitted, or refused before acceptance. */
export function uncodedDossiers(
  db: Db,
): readonly { readonly dossier: StoredDossier; readonly name: string }[] {
  return prepared<SqlRow & { foldedName: string | null }>(
    db,
    `SELECT p.name_folded AS foldedName, ${DOSSIER_COLUMNS} FROM dossiers d LEFT JOIN persons p ON p.id = d.applicant_id
       WHERE d.code IS NULL AND d.state <> 'voided' ORDER BY d.id`,
  )
    .all()
    .map(({ foldedName, ...row }) => ({ dossier: fromSql(row) as StoredDossier, name: foldedName ?? '' }))
}
