import type { Db } from '../open.ts'
import { prepared } from '../prepared.ts'

/** How citizens reach a unit; null: not said. */
export interface UnitContact {
  readonly phone: string | null
  readonly email: string | null
  readonly address: string | null
}

/** The contact in force at a moment (ms); null before the first. */
export function contactAt(db: Db, unitId: number, at: number): UnitContact | null {
  return (
    prepared<UnitContact>(
      db,
      `SELECT phone, email, address FROM unit_contacts WHERE unit_id = ? AND since <= ? ORDER BY since DESC LIMIT 1`,
    ).get(unitId, at) ?? null
  )
}

/** In force from `since` (ms) on. */
export function insertContact(db: Db, unitId: number, since: number, contact: UnitContact): void {
  prepared(
    db,
    `INSERT INTO unit_contacts (unit_id, since, phone, email, address) VALUES (@unitId, @since, @phone, @email, @address)
     ON CONFLICT DO UPDATE SET phone = @phone, email = @email, address = @address`,
  ).run({ unitId, since, ...contact })
}
