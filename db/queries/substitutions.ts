import type { Db } from '../open.ts'
import { prepared } from '../prepared.ts'

export interface NewSubstitution {
  readonly absentId: number
  readonly substituteId: number
  readonly fromOn: string
  readonly toOn: string
  readonly reason: string
  readonly recordedAt: number
  readonly recordedById: number | null
}

export function insertSubstitution(db: Db, substitution: NewSubstitution): number {
  const insert = prepared(
    db,
    `INSERT INTO substitutions (absent_id, substitute_id, from_on, to_on, reason, recorded_at, recorded_by_id)
       VALUES (@absentId, @substituteId, @fromOn, @toOn, @reason, @recordedAt, @recordedById)`,
  )
  return Number(insert.run(substitution).lastInsertRowid)
}

/** False: there is none, or it was ended before. */
export function endSubstitution(db: Db, id: number, at: number): boolean {
  const end = prepared(db, 'UPDATE substitutions SET ended_at = ? WHERE id = ? AND ended_at IS NULL')
  return end.run(at, id).changes === 1
}

/** Officers who can sign in themselves. */
export function officersWithAccounts(db: Db): ReadonlySet<number> {
  const rows = prepared<{ id: number }>(
    db,
    `SELECT officer_id AS id FROM accounts WHERE kind = 'person' AND disabled_at IS NULL`,
  ).all()
  return new Set(rows.map(({ id }) => id))
}
