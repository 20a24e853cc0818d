import type { Db } from '../open.ts'
import { prepared } from '../prepared.ts'

export interface IdentityRow {
  readonly issuer: string
  readonly subject: string
  readonly accountId: number
  readonly linkedAt: number
}

const COLUMNS = 'issuer, subject, account_id AS accountId, linked_at AS linkedAt'

export function findIdentity(db: Db, issuer: string, subject: string): IdentityRow | null {
  const find = prepared<IdentityRow>(
    db,
    `SELECT ${COLUMNS} FROM external_identities WHERE issuer = ? AND subject = ?`,
  )
  return find.get(issuer, subject) ?? null
}

/** Who an account is at a service; null where nobody. */
export function identityOf(db: Db, accountId: number, issuer: string): IdentityRow | null {
  const find = prepared<IdentityRow>(
    db,
    `SELECT ${COLUMNS} FROM external_identities WHERE account_id = ? AND issuer = ?`,
  )
  return find.get(accountId, issuer) ?? null
}

export function insertIdentity(db: Db, { issuer, subject, accountId, linkedAt }: IdentityRow): void {
  prepared(
    db,
    'INSERT INTO external_identities (issuer, subject, account_id, linked_at) VALUES (?, ?, ?, ?)',
  ).run(issuer, subject, accountId, linkedAt)
}

/** False: there was none. */
export function removeIdentity(db: Db, accountId: number, issuer: string): boolean {
  const remove = prepared(db, 'DELETE FROM external_identities WHERE account_id = ? AND issuer = ?')
  return remove.run(accountId, issuer).changes > 0
}

/** Who an account is elsewhere, at whatever service. */
export function identitiesOf(db: Db, accountId: number): readonly IdentityRow[] {
  const find = prepared<IdentityRow>(
    db,
    `SELECT ${COLUMNS} FROM external_identities WHERE account_id = ? ORDER BY linked_at`,
  )
  return find.all(accountId)
}

/** Returns how many there were. */
export function removeIdentitiesOf(db: Db, accountId: number): number {
  return prepared(db, 'DELETE FROM external_identities WHERE account_id = ?').run(accountId).changes
}
