import type { Db } from '../open.ts'
import { prepared } from '../prepared.ts'

/** People written, or removed, in one transaction: a few milliseconds of work, so that the desk does not notice. */
export const PEOPLE_AT_ONCE = 250

/** Writes staged people `from`…`to` into the real table and remembers which they are; one transaction, the caller's. */
export function writePeople(db: Db, importId: number, from: number, to: number): void {
  const base = prepared<{ id: number | null }>(db, 'SELECT max(id) AS id FROM persons').get()?.id ?? 0
  const shift = base + 1 - from
  prepared(
    db,
    `INSERT INTO persons (id, name, name_folded, birth_year, sex, id_number_sealed, id_number_hash, phone_sealed, phone_hash,
         id_tail_hash, phone_tail_hash, address)
       SELECT local + ?, name, name_folded, birth_year, sex, id_number_sealed, id_number_hash, phone_sealed, phone_hash,
         id_tail_hash, phone_tail_hash, address
       FROM stage.persons WHERE local BETWEEN ? AND ? ORDER BY local`,
  ).run(shift, from, to)
  prepared(db, 'UPDATE stage.persons SET real = local + ? WHERE local BETWEEN ? AND ?').run(shift, from, to)
  prepared(db, 'INSERT INTO import_pieces (import_id, first_person_id, last_person_id) VALUES (?, ?, ?)').run(
    importId,
    from + shift,
    to + shift,
  )
}

interface Piece {
  readonly firstPersonId: number
  readonly lastPersonId: number
}

export function piecesOf(db: Db, importId: number): readonly Piece[] {
  return prepared<Piece>(
    db,
    `SELECT first_person_id AS firstPersonId, last_person_id AS lastPersonId FROM import_pieces WHERE import_id = ?
       ORDER BY first_person_id`,
  ).all(importId)
}

/** Takes one piece of a run that died away again; the dossiers never came. */
export function removePiece(db: Db, importId: number, { firstPersonId, lastPersonId }: Piece): void {
  prepared(db, 'DELETE FROM persons WHERE id BETWEEN ? AND ?').run(firstPersonId, lastPersonId)
  prepared(db, 'DELETE FROM import_pieces WHERE import_id = ? AND first_person_id = ?').run(
    importId,
    firstPersonId,
  )
}
