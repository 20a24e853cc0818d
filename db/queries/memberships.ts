import type { Db } from '../open.ts'
import { prepared } from '../prepared.ts'

/** Posts in the unit that run beyond `lastDay` end on it. */
export function endMemberships(db: Db, unitId: number, lastDay: string): void {
  prepared(
    db,
    `UPDATE memberships SET valid_to = @lastDay
       WHERE unit_id = @unitId AND valid_from <= @lastDay AND (valid_to IS NULL OR valid_to > @lastDay)`,
  ).run({ unitId, lastDay })
}

export interface NewMembership {
  readonly officerId: number
  readonly unitId: number
  readonly role: string
  readonly title: string
  readonly validFrom: string
  readonly fields: readonly string[]
}

/** Returns its id. */
export function insertMembership(db: Db, { fields, ...post }: NewMembership): number {
  const insert = prepared(
    db,
    `INSERT INTO memberships (officer_id, unit_id, role, title, valid_from, field_slugs)
       VALUES (@officerId, @unitId, @role, @title, @validFrom, @fields)`,
  )
  return Number(insert.run({ ...post, fields: JSON.stringify(fields) }).lastInsertRowid)
}

/** The post is held until `lastDay` and no longer. */
export function endMembership(db: Db, id: number, lastDay: string): void {
  prepared(db, 'UPDATE memberships SET valid_to = ? WHERE id = ?').run(lastDay, id)
}
