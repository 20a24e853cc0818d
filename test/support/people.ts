import { giveInstallationRole, insertAccount, insertOfficer } from '../../db/queries/accounts.ts'
import { insertToken } from '../../db/queries/tokens.ts'
import type { Permission } from '../../src/accounts/access.ts'
import { actorOfOfficer } from '../../src/accounts/acting.ts'
import type { InstallationRole, UnitRole } from '../../src/accounts/roles.ts'
import { hashOfToken, newToken } from '../../src/accounts/session.ts'
import { bumpCatalogue, catalogueOf } from '../../src/catalogue/catalogue.ts'
import type { Actor, Deps } from '../../src/deps.ts'

export interface PostGiven {
  readonly unit: string
  readonly role: UnitRole
  readonly from?: string
  readonly to?: string | null
}

/** A new person with an account, these posts and roles; returns the officer's id. */
export function person(
  { db, clock }: Deps,
  key: string,
  name: string,
  held: {
    readonly posts?: readonly PostGiven[]
    readonly roles?: readonly InstallationRole[]
    readonly kind?: 'person' | 'client'
  } = {},
): number {
  const { posts = [], roles = [], kind = 'person' } = held
  const officerId = insertOfficer(db, key, name)
  insertAccount(db, { username: key, officerId, kind, createdAt: clock.now() })
  for (const post of posts) givePost({ db }, officerId, post)
  for (const role of roles) giveInstallationRole(db, { officerId, role, validFrom: '2019-01-01' })
  bumpCatalogue(db)
  return officerId
}

export function givePost(
  { db }: Pick<Deps, 'db'>,
  officerId: number,
  { unit, role, from = '2019-01-01', to = null }: PostGiven,
): void {
  const unitId = catalogueOf(db).unitByKey.get(unit)?.id
  db.prepare(
    `INSERT INTO memberships (officer_id, unit_id, role, title, field_slugs, valid_from, valid_to)
       VALUES (?, ?, ?, 'Chuyên viên', '[]', ?, ?)`,
  ).run(officerId, unitId, role, from, to)
  bumpCatalogue(db)
}

/** An account for somebody of the reference data. */
export function withAccount({ db, clock }: Deps, key: string): number {
  const officerId = catalogueOf(db).officerByKey.get(key)!.id
  insertAccount(db, { username: key, officerId, kind: 'person', createdAt: clock.now() })
  return officerId
}

/** Somebody as they are today; null: they hold nothing. */
export function actorNow(deps: Deps, key: string): Actor | null {
  return actorOfOfficer(deps, catalogueOf(deps.db).officerByKey.get(key)!.id)
}

/** A token of the program `key` for these scopes; returns what it is sent as. */
export function tokenOf({ db, clock }: Deps, key: string, scopes: readonly Permission[]): string {
  const token = newToken()
  const accountId = db.prepare('SELECT id FROM accounts WHERE username = ?').pluck().get(key) as number
  const createdAt = clock.now()
  insertToken(db, hashOfToken(token), {
    ...{ accountId, label: key, scopes, createdAt, createdById: null },
    expiresAt: createdAt + 24 * 60 * 60_000,
  })
  return token
}
