import type { Db } from '../open.ts'
import { prepared } from '../prepared.ts'
import { DOSSIER_COLUMNS, fromSql, type SqlRow, type StoredDossier } from './dossiers.ts'

export interface RegisterScope {
  /** Resolving units; null: all. */
  readonly unitIds: readonly number[] | null
  /** First and last day on which the dossier came; null: any. */
  readonly from: string | null
  readonly to: string | null
}

export interface RegisterDossier {
  readonly dossier: StoredDossier
  readonly name: string | null
  readonly address: string | null
  readonly idNumberSealed: Buffer | null
  readonly phoneSealed: Buffer | null
  readonly note: string | null
}

const AT_ONCE = 1_000
const CAME_ON = `coalesce(d.accepted_on, d.refused_intake_on, date(coalesce(d.submitted_at, d.last_occurred_at) / 1000, 'unixepoch', '+7 hours'))`

const PAGE = `SELECT p.name AS name, p.address AS address, p.id_number_sealed AS idNumberSealed,
    p.phone_sealed AS phoneSealed, (SELECT text FROM dossier_texts t INDEXED BY dossier_texts_dossier
      WHERE t.dossier_id = d.id AND t.kind = 'note' AND t.text NOT LIKE 'Nhập từ tệp %' ORDER BY t.id LIMIT 1) AS note,
    ${DOSSIER_COLUMNS}
  FROM dossiers d LEFT JOIN persons p ON p.id = d.applicant_id
  WHERE d.id > @after AND d.state <> 'voided'
    AND (@units IS NULL OR d.unit_id IN (SELECT value FROM json_each(@units)))
    AND (@from IS NULL OR ${CAME_ON} >= @from) AND (@to IS NULL OR ${CAME_ON} <= @to)
  ORDER BY d.id LIMIT ${AT_ONCE}`

/** Every dossier that counts, oldest first, read a thousand at a time so that nothing waits for the reader. */
export function* registerDossiers(db: Db, { unitIds, from, to }: RegisterScope): Generator<RegisterDossier> {
  const units = unitIds === null ? null : JSON.stringify(unitIds)
  let after = 0
  for (;;) {
    const page = prepared<SqlRow>(db, PAGE).all({ after, units, from, to })
    for (const { name, address, idNumberSealed, phoneSealed, note, ...row } of page) {
      const dossier = fromSql(row) as StoredDossier
      after = dossier.id
      yield { dossier, name, address, idNumberSealed, phoneSealed, note } as RegisterDossier
    }
    if (page.length < AT_ONCE) return
  }
}
