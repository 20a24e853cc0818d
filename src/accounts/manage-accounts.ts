import {
  type AccountRow,
  administrators,
  endInstallationRole,
  findAccountByName,
  findAccountOfOfficer,
  giveInstallationRole,
  insertAccount,
  insertOfficer,
  setDisabled,
  setPassword,
  setTotp,
} from '../../db/queries/accounts.ts'
import { removeSessionsOf } from '../../db/queries/sessions.ts'
import { recordAudit } from '../audit/record-audit.ts'
import { bumpCatalogue, catalogueOf } from '../catalogue/catalogue.ts'
import type { Actor, Deps } from '../deps.ts'
import { addDays, localDayOf } from '../domain/calendar/day.ts'
import { RuleError } from '../domain/refusals.ts'
import { must } from './access.ts'
import type { InstallationRole } from './roles.ts'
import { usernameOf } from './sign-in.ts'

/** How long a password that was given out may be used for the first time. */
const TEMPORARY_MS = 7 * 24 * 60 * 60_000

type AccountDeps = Pick<Deps, 'db' | 'clock'>

export interface NewAccount {
  readonly username: string
  /** Key of an officer who is known; else `name` of one who is not yet. */
  readonly officer?: string | undefined
  readonly name?: string | undefined
  readonly kind: AccountRow['kind']
}

/** Makes an account without a password; returns it. Run it inside a write. */
export function createAccount(deps: AccountDeps, actor: Actor, input: NewAccount): AccountRow {
  must(actor, 'accounts')
  const { db, clock } = deps
  const username = usernameOf(input.username)
  if (!/^[a-z0-9][a-z0-9._-]{1,38}[a-z0-9]$/.test(username))
    throw new RuleError('invalid_username', { username })
  if (findAccountByName(db, username) !== null) throw new RuleError('username_taken', { username })
  const officerId = officerFor(deps, input, username)
  const other = findAccountOfOfficer(db, officerId)
  if (other !== null) {
    const name = catalogueOf(db).officerById.get(officerId)?.name ?? ''
    throw new RuleError('has_account', { name, username: other.username })
  }
  const id = insertAccount(db, { username, officerId, kind: input.kind, createdAt: clock.now() })
  const data = { account: id, officer: officerId, kind: input.kind }
  recordAudit(deps, { kind: 'account_created', actorId: actor.officerId, data })
  return findAccountByName(db, username) as AccountRow
}

/** The officer of the key; without one a new officer of that name. */
function officerFor({ db }: AccountDeps, { officer: key, name = '' }: NewAccount, username: string): number {
  if (key !== undefined && key !== '') {
    const known = catalogueOf(db).officerByKey.get(key)
    if (known === undefined) throw new RuleError('unknown_officer', { officer: key })
    return known.id
  }
  const words = name.normalize('NFC').replace(/\s+/g, ' ').trim()
  if (words === '') throw new RuleError('name_of_person_required')
  const isTaken = catalogueOf(db).officerByKey.has(username)
  const id = insertOfficer(db, isTaken ? `${username}.tk` : username, words)
  bumpCatalogue(db)
  return id
}

/**
 * Gives an account a password to be changed at the first sign-in, good for seven days; every session of it ends. `hash`
 * is of hashPassword, computed before the write.
 */
export function resetPassword(deps: AccountDeps, actor: Actor, username: string, hash: string): void {
  must(actor, 'accounts')
  const account = knownAccount(deps, username)
  if (account.kind === 'client') throw new RuleError('not_a_person', { username: account.username })
  const setAt = deps.clock.now()
  setPassword(deps.db, account.id, { hash, setAt, temporaryUntil: setAt + TEMPORARY_MS })
  removeSessionsOf(deps.db, account.id, null)
  const data = { account: account.id, by: 'administrator' }
  recordAudit(deps, { kind: 'password_changed', actorId: actor.officerId, data })
}

/** Takes away a second factor that was lost; its codes go with it. Run it inside a write. */
export function resetSecondFactor(deps: AccountDeps, actor: Actor, username: string): void {
  must(actor, 'accounts')
  const account = knownAccount(deps, username)
  setTotp(deps.db, account.id, null, null)
  const data = { account: account.id, on: false, by: 'administrator' }
  recordAudit(deps, { kind: 'second_factor_changed', actorId: actor.officerId, data })
}

/** Nobody can sign in with it any more, sessions and tokens end; the person's name stays on what they did. */
export function disableAccount(deps: AccountDeps, actor: Actor, username: string): void {
  must(actor, 'accounts')
  const { db, clock } = deps
  const account = knownAccount(deps, username)
  keepAnAdministrator(deps, account.officerId)
  setDisabled(db, account.id, clock.now())
  removeSessionsOf(db, account.id, null)
  tellChange(deps, actor, account, 'disabled')
}

export function enableAccount(deps: AccountDeps, actor: Actor, username: string): void {
  must(actor, 'accounts')
  const account = knownAccount(deps, username)
  setDisabled(deps.db, account.id, null)
  tellChange(deps, actor, account, 'enabled')
}

/** Gives a role for the whole installation from today on, or takes it as from today. Run it inside a write. */
export function changeInstallationRole(
  deps: AccountDeps,
  actor: Actor,
  {
    username,
    role,
    held,
  }: { readonly username: string; readonly role: InstallationRole; readonly held: boolean },
): void {
  must(actor, 'accounts')
  const { db, clock } = deps
  const { id, officerId } = knownAccount(deps, username)
  const today = localDayOf(clock.now())
  if (held) giveInstallationRole(db, { officerId, role, validFrom: today })
  else {
    if (role === 'administrator') keepAnAdministrator(deps, officerId)
    endInstallationRole(db, officerId, role, addDays(today, -1))
  }
  bumpCatalogue(db)
  recordAudit(deps, { kind: 'role_changed', actorId: actor.officerId, data: { account: id, role, held } })
}

export function knownAccount({ db }: Pick<Deps, 'db'>, username: string): AccountRow {
  const account = findAccountByName(db, usernameOf(username))
  if (account === null) throw new RuleError('unknown_account', { username: usernameOf(username) })
  return account
}

/** Refuses (`last_administrator`) to take away the only one. */
function keepAnAdministrator({ db, clock }: AccountDeps, officerId: number): void {
  const all = administrators(db, localDayOf(clock.now()))
  if (all.length === 1 && all[0] === officerId) throw new RuleError('last_administrator')
}

function tellChange(deps: AccountDeps, actor: Actor, { id }: AccountRow, what: string): void {
  recordAudit(deps, { kind: 'account_changed', actorId: actor.officerId, data: { account: id, what } })
}
