import { insertAccount, insertOfficer } from '../../db/queries/accounts.ts'
import { insertToken } from '../../db/queries/tokens.ts'
import { PERMISSIONS } from '../../src/accounts/access.ts'
import { hashOfToken, newToken } from '../../src/accounts/session.ts'
import { bumpCatalogue } from '../../src/catalogue/catalogue.ts'
import type { Deps } from '../../src/deps.ts'

const FOR_EVER = Date.UTC(9999, 0, 1)

/** The token of a program that may do in every unit of today what a program may do at all. */
export function clientToken({ db }: Pick<Deps, 'db'>): string {
  const officerId = insertOfficer(db, 'phan-mem-thu', 'Phần mềm thử')
  const account = { username: 'phan-mem-thu', officerId, kind: 'client', createdAt: 0 } as const
  const accountId = insertAccount(db, account)
  db.prepare(
    `INSERT INTO memberships (officer_id, unit_id, role, title, valid_from, field_slugs)
       SELECT ?, id, 'client', 'Phần mềm', '2000-01-01', '[]' FROM units`,
  ).run(officerId)
  bumpCatalogue(db)
  const token = newToken()
  const scopes = Object.keys(PERMISSIONS)
  const row = { accountId, label: 'thử', scopes, createdAt: 0, createdById: null, expiresAt: FOR_EVER }
  insertToken(db, hashOfToken(token), row)
  return token
}
