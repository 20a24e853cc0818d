import type { Db } from '../open.ts'
import { prepared } from '../prepared.ts'
import { DOSSIER_COLUMNS, fromSql, type SqlRow, type StoredDossier } from './dossiers.ts'

/** Ids of the procedures that units received most from the day `since` until that `before`, the commonest first. */
export function frequentProcedures(
  db: Db,
  unitIds: readonly number[],
  { since, before }: { readonly since: string; readonly before: string },
): readonly number[] {
  return prepared<{ id: number }>(
    db,
    `SELECT procedure_id AS id FROM json_each(?) u CROSS JOIN dossiers INDEXED BY dossiers_receiving_received
       ON receiving_unit_id = u.value AND accepted_on >= ? AND accepted_on < ?
       GROUP BY procedure_id ORDER BY COUNT(*) DESC, procedure_id`,
  )
    .all(JSON.stringify(unitIds), since, before)
    .map(({ id }) => id)
}

/** By what somebody is known; each is looked for by its own index. */
export type PersonKey =
  | { readonly by: 'idNumber' | 'phone'; readonly hash: Buffer }
  | { readonly by: 'name'; readonly nameFolded: string; readonly birthYear: number }

const SAME = {
  idNumber: 'INDEXED BY persons_id_number WHERE p.id_number_hash = ?',
  phone: 'INDEXED BY persons_phone WHERE p.phone_hash = ?',
  name: 'INDEXED BY persons_name WHERE p.name_folded = ? AND p.birth_year = ?',
} as const

/** The last dossiers of somebody, newest first. */
export function dossiersOfPerson(db: Db, key: PersonKey, limit: number): readonly StoredDossier[] {
  return ofPerson(db, key, 'ORDER BY d.id DESC LIMIT ?', [limit])
}

/** Every dossier of somebody about a procedure that has not been answered yet, newest first. */
export function openOfPerson(db: Db, key: PersonKey, procedureId: number): readonly StoredDossier[] {
  const open = `d.ended_on IS NULL AND d.state NOT IN ('voided', 'not_accepted')`
  return ofPerson(db, key, `AND d.procedure_id = ? AND ${open} ORDER BY d.id DESC`, [procedureId])
}

function ofPerson(db: Db, key: PersonKey, rest: string, args: readonly number[]): readonly StoredDossier[] {
  const values = key.by === 'name' ? [key.nameFolded, key.birthYear] : [key.hash]
  const [index, condition] = SAME[key.by].split(' WHERE ')
  return prepared<SqlRow>(
    db,
    `SELECT ${DOSSIER_COLUMNS} FROM persons p ${index} CROSS JOIN dossiers d INDEXED BY dossiers_applicant
       ON d.applicant_id = p.id WHERE ${condition} ${rest}`,
  )
    .all(...values, ...args)
    .map((row) => fromSql(row)!)
}

export interface TrainingIntake {
  readonly id: number
  readonly officerId: number | null
  readonly intakeSealed: Buffer
  readonly madeAt: number
}

export function insertTrainingIntake(db: Db, row: Omit<TrainingIntake, 'id'>): number {
  const insert = prepared(
    db,
    'INSERT INTO training_intakes (officer_id, intake_sealed, made_at) VALUES (?, ?, ?)',
  )
  return Number(insert.run(row.officerId, row.intakeSealed, row.madeAt).lastInsertRowid)
}

export function findTrainingIntake(db: Db, id: number): TrainingIntake | null {
  return (
    prepared<TrainingIntake>(
      db,
      `SELECT id, officer_id AS officerId, intake_sealed AS intakeSealed, made_at AS madeAt
         FROM training_intakes WHERE id = ?`,
    ).get(id) ?? null
  )
}
