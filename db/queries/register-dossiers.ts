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

/** Ids looked at in one read: a slice takes some milliseconds, however few of them are in the scope. */
const IDS_AT_ONCE = 500
/** The same where rows are only counted. */
const COUNTED_AT_ONCE = 5_000
const CAME_ON = `coalesce(d.accepted_on, d.refused_intake_on, date(coalesce(d.submitted_at, d.last_occurred_at) / 1000, 'unixepoch', '+7 hours'))`

const IN_SCOPE = `d.state <> 'voided' AND (@units IS NULL OR d.unit_id IN (SELECT value FROM json_each(@units)))
  AND (@from IS NULL OR ${CAME_ON} >= @from) AND (@to IS NULL OR ${CAME_ON} <= @to)`

const SLICE = `SELECT p.name AS name, p.address AS address, p.id_number_sealed AS idNumberSealed,
    p.phone_sealed AS phoneSealed, (SELECT text FROM dossier_texts t INDEXED BY dossier_texts_dossier
      WHERE t.dossier_id = d.id AND t.kind = 'note' AND t.text NOT LIKE 'Nhập từ tệp %' ORDER BY t.id LIMIT 1) AS note,
    ${DOSSIER_COLUMNS}
  FROM dossiers d LEFT JOIN persons p ON p.id = d.applicant_id
  WHERE d.id > @after AND d.id <= @after + ${IDS_AT_ONCE} AND ${IN_SCOPE} ORDER BY d.id`

/** Every dossier that counts, oldest first, in slices (empty ones too) between which others may have their turn. */
export function* registerDossiers(
  db: Db,
  { unitIds, from, to }: RegisterScope,
): Generator<readonly RegisterDossier[]> {
  const units = unitIds === null ? null : JSON.stringify(unitIds)
  const newest = prepared<{ id: number | null }>(db, 'SELECT max(id) AS id FROM dossiers').get()?.id ?? 0
  for (let after = 0; after < newest; after += IDS_AT_ONCE) {
    yield prepared<SqlRow>(db, SLICE)
      .all({ after, units, from, to })
      .map(({ name, address, idNumberSealed, phoneSealed, note, ...row }) => {
        const dossier = fromSql(row) as StoredDossier
        return { dossier, name, address, idNumberSealed, phoneSealed, note } as RegisterDossier
      })
  }
}

/** How many that will be, in parts between which others may have their turn. */
export function* countRegisterDossiers(db: Db, { unitIds, from, to }: RegisterScope): Generator<number> {
  const units = unitIds === null ? null : JSON.stringify(unitIds)
  const newest = prepared<{ id: number | null }>(db, 'SELECT max(id) AS id FROM dossiers').get()?.id ?? 0
  const count = prepared<{ n: number }>(
    db,
    `SELECT count(*) AS n FROM dossiers d WHERE d.id > @after AND d.id <= @after + ${COUNTED_AT_ONCE} AND ${IN_SCOPE}`,
  )
  for (let after = 0; after < newest; after += COUNTED_AT_ONCE) yield count.get({ after, units, from, to })!.n
}
