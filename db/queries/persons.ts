import type { Db } from '../open.ts'
import { prepared } from '../prepared.ts'

export interface PersonRow {
  readonly name: string
  readonly nameFolded: string
  readonly birthYear: number | null
  readonly sex: 'male' | 'female' | null
  readonly idNumberSealed: Buffer | null
  readonly idNumberHash: Buffer | null
  readonly phoneSealed: Buffer | null
  readonly phoneHash: Buffer | null
  /** Of the last four digits (src/tail-hash.ts). */
  readonly idTailHash: Buffer | null
  readonly phoneTailHash: Buffer | null
  readonly address: string | null
  /** Left out: none. */
  readonly email?: string | null
}

/** The id of a person with exactly these particulars, or null. */
export function findPerson(
  db: Db,
  person: Omit<PersonRow, 'idNumberSealed' | 'phoneSealed' | 'idTailHash' | 'phoneTailHash'>,
): number | null {
  const row = prepared<{ id: number }>(
    db,
    `SELECT id FROM persons INDEXED BY persons_id_number WHERE id_number_hash = ? AND name = ? AND phone_hash IS ? AND address IS ?
       AND birth_year IS ? AND sex IS ? AND email IS ? LIMIT 1`,
  ).get(
    person.idNumberHash,
    person.name,
    person.phoneHash,
    person.address,
    person.birthYear,
    person.sex,
    person.email ?? null,
  )
  return row?.id ?? null
}

export function insertPerson(db: Db, person: PersonRow): number {
  const result = prepared(
    db,
    `INSERT INTO persons (name, name_folded, birth_year, sex, id_number_sealed, id_number_hash,
       phone_sealed, phone_hash, id_tail_hash, phone_tail_hash, address, email)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    person.name,
    person.nameFolded,
    person.birthYear,
    person.sex,
    person.idNumberSealed,
    person.idNumberHash,
    person.phoneSealed,
    person.phoneHash,
    person.idTailHash,
    person.phoneTailHash,
    person.address,
    person.email ?? null,
  )
  return Number(result.lastInsertRowid)
}

/** A person as kept; with `erasedAt`, what is left of one. */
export interface KeptPerson extends PersonRow {
  readonly id: number
  readonly erasedAt: number | null
}

export function findPersonById(db: Db, id: number): KeptPerson | null {
  const row = prepared<KeptPerson>(
    db,
    `SELECT id, name, name_folded AS nameFolded, birth_year AS birthYear, sex, id_number_sealed AS idNumberSealed,
       id_number_hash AS idNumberHash, phone_sealed AS phoneSealed, phone_hash AS phoneHash,
       id_tail_hash AS idTailHash, phone_tail_hash AS phoneTailHash, address, email, erased_at AS erasedAt
       FROM persons WHERE id = ?`,
  ).get(id)
  return row ?? null
}
