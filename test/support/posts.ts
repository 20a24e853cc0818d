import { drizzle } from 'drizzle-orm/better-sqlite3'
import { giveInstallationRole, insertAccount, insertOfficer } from '../../db/queries/accounts.ts'
import { insertToken } from '../../db/queries/tokens.ts'
import { substitutions } from '../../db/schema/accounts.ts'
import { memberships } from '../../db/schema/catalogue.ts'
import type { Permission } from '../../src/accounts/access.ts'
import { actorOfOfficer } from '../../src/accounts/acting.ts'
import type { InstallationRole, UnitRole } from '../../src/accounts/roles.ts'
import { hashOfToken, newToken } from '../../src/accounts/session.ts'
import { bumpCatalogue, catalogueOf } from '../../src/catalogue/catalogue.ts'
import type { Actor } from '../../src/deps.ts'
import type { TestInstallation } from './test-installation.ts'

/** Somebody new, with a post in a unit or a role for the whole installation, or with nothing. Returns their id. */
export function newOfficer(
  { db }: TestInstallation,
  key: string,
  held: { readonly unit?: string; readonly role?: UnitRole; readonly wide?: InstallationRole } = {},
): number {
  const officerId = insertOfficer(db, key, `Người thử ${key}`)
  const { unit, role, wide } = held
  if (unit !== undefined && role !== undefined) addPost({ db }, officerId, { unit, role })
  if (wide !== undefined) giveInstallationRole(db, { officerId, role: wide, validFrom: '2019-12-01' })
  bumpCatalogue(db)
  return officerId
}

/** One more post for somebody. */
export function addPost(
  { db }: Pick<TestInstallation, 'db'>,
  officerId: number,
  { unit, role }: { readonly unit: string; readonly role: UnitRole },
): void {
  const unitId = catalogueOf(db).unitByKey.get(unit)!.id
  const title = 'Vị trí thử'
  const post = { officerId, unitId, role, title, fieldSlugs: [] as string[], validFrom: '2019-12-01' }
  drizzle(db).insert(memberships).values(post).run()
  bumpCatalogue(db)
}

/** The officer of a key as the doors see them; one who holds nothing cannot come in. */
export function asOfficer(installation: TestInstallation, key: string): Actor {
  const officer = catalogueOf(installation.db).officerByKey.get(key)
  const actor = officer && actorOfOfficer(installation, officer.id)
  if (actor == null) throw new Error(`${key} holds nothing`)
  return actor
}

/** One stands in for another from today on, for a week. */
export function standIn(installation: TestInstallation, absent: string, substitute: string): void {
  const { db, clock } = installation
  const { officerByKey } = catalogueOf(db)
  const [absentId, substituteId] = [officerByKey.get(absent)!.id, officerByKey.get(substitute)!.id]
  const days = { fromOn: '2019-12-01', toOn: '2029-12-31' }
  const row = { absentId, substituteId, ...days, reason: 'Nghỉ phép', recordedAt: clock.now() }
  drizzle(db).insert(substitutions).values(row).run()
  bumpCatalogue(db)
}

/** The header of a client program with a post in a unit. */
export function clientOf(
  installation: TestInstallation,
  unit: string,
  scopes: readonly Permission[],
): { readonly authorization: string } {
  const { db, clock } = installation
  const createdAt = clock.now()
  const username = `phan-mem.${unit}`
  const officerId = newOfficer(installation, username, { unit, role: 'client' })
  const accountId = insertAccount(db, { username, officerId, kind: 'client', createdAt })
  const token = newToken()
  const life = { createdAt, createdById: null, expiresAt: createdAt + 86_400_000 }
  insertToken(db, hashOfToken(token), { accountId, label: 'thử', scopes, ...life })
  return { authorization: `Bearer ${token}` }
}
