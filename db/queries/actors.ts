import type { Db } from '../open.ts'
import { prepared } from '../prepared.ts'

export type MembershipRole = 'counter' | 'officer' | 'head' | 'supervisor' | 'operator'

/** The posts an officer holds on `day`: none for a stranger and for one who has left. */
export function rolesOf(
  db: Db,
  officerKey: string,
  day: string,
): readonly { readonly officerId: number; readonly role: MembershipRole }[] {
  return prepared<{ officerId: number; role: MembershipRole }>(
    db,
    `SELECT o.id AS officerId, m.role FROM officers o JOIN memberships m ON m.officer_id = o.id
       WHERE o.key = ? AND m.valid_from <= ? AND (m.valid_to IS NULL OR m.valid_to >= ?)`,
  ).all(officerKey, day, day)
}
