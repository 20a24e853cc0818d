import type { Db } from '../open.ts'
import { prepared } from '../prepared.ts'

/** A person recorded before tails were kept. */
export interface Tailless {
  readonly id: number
  readonly idNumberSealed: Buffer | null
  readonly phoneSealed: Buffer | null
}

/** People after `after`, by id, of whose numbers a tail is missing. */
export function personsWithoutTails(db: Db, after: number, limit: number): readonly Tailless[] {
  return prepared<Tailless>(
    db,
    `SELECT id, id_number_sealed AS idNumberSealed, phone_sealed AS phoneSealed FROM persons
       WHERE id > ? AND ((id_number_hash IS NOT NULL AND id_tail_hash IS NULL)
         OR (phone_hash IS NOT NULL AND phone_tail_hash IS NULL)) ORDER BY id LIMIT ?`,
  ).all(after, limit)
}

export function updateTails(db: Db, id: number, idTail: Buffer | null, phoneTail: Buffer | null): void {
  prepared(
    db,
    `UPDATE persons SET id_tail_hash = coalesce(?, id_tail_hash), phone_tail_hash = coalesce(?, phone_tail_hash)
       WHERE id = ?`,
  ).run(idTail, phoneTail, id)
}
