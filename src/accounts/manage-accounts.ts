import {
  type AccountRow,
  administrators,
  endInstallationRole,
  findAccountByName,
  giveInstallationRole,
  setDisabled,
  setPassword,
  setTotp,
} from '../../db/queries/accounts.ts'
import { removeIdentitiesOf } from '../../db/queries/external-identities.ts'
import { clearFailures, removeSessionsOf } from '../../db/queries/sessions.ts'
import { recordAudit } from '../audit/record-audit.ts'
import { bumpCatalogue } from '../catalogue/catalogue.ts'
import type { Actor, Deps } from '../deps.ts'
import { addDays, localDayOf } from '../domain/calendar/day.ts'
import { RuleError } from '../domain/refusals.ts'
import { must } from './access.ts'
import type { InstallationRole } from './roles.ts'
import { nameHashOf, usernameOf } from './sign-in.ts'

/** How long a password that was given out may be used for the first time. */
const TEMPORARY_MS = 7 * 24 * 60 * 60_000

export type AccountDeps = Pick<Deps, 'db' | 'clock'>

/**
 * Gives an account a password to be changed at the first sign-in, good for seven days; every session of it ends, and
 * nobody waits any more for having tried the old one. `hash`
 * is of hashPassword, computed before the write.
 */
export function resetPassword(
  deps: AccountDeps & Pick<Deps, 'vault'>,
  actor: Actor,
  username: string,
  hash: string,
): void {
  must(actor, 'accounts')
  const account = knownAccount(deps, username)
  if (account.kind === 'client') throw new RuleError('not_a_person', { username: account.username })
  const setAt = deps.clock.now()
  setPassword(deps.db, account.id, { hash, setAt, temporaryUntil: setAt + TEMPORARY_MS })
  removeSessionsOf(deps.db, account.id, null)
  clearFailures(deps.db, nameHashOf(deps, account.username))
  const data = { account: account.id, by: 'administrator' }
  recordAudit(deps, { kind: 'password_changed', actorId: actor.officerId, data })
}

/** Takes away a second factor that was lost; its codes go with it, and every session ends. Run it inside a write. */
export function resetSecondFactor(deps: AccountDeps, actor: Actor, username: string): void {
  must(actor, 'accounts')
  const account = knownAccount(deps, username)
  setTotp(deps.db, account.id, null, null)
  removeSessionsOf(deps.db, account.id, null)
  const data = { account: account.id, on: false, by: 'administrator' }
  recordAudit(deps, { kind: 'second_factor_changed', actorId: actor.officerId, data })
}

/**
 * Nobody who proves themselves elsewhere comes in by this account any more, and every session ends. Safe twice. Run it
 * inside a write.
 */
export function unlinkIdentities(deps: AccountDeps, actor: Actor, username: string): void {
  must(actor, 'accounts')
  const account = knownAccount(deps, username)
  if (removeIdentitiesOf(deps.db, account.id) === 0) return
  removeSessionsOf(deps.db, account.id, null)
  tellChange(deps, actor, account, 'unlinked')
}

/**
 * Nobody can sign in with it any more, sessions end and tokens open nothing; the person's name stays on what they did.
 * Safe twice.
 */
export function disableAccount(deps: AccountDeps, actor: Actor, username: string): void {
  must(actor, 'accounts')
  const { db, clock } = deps
  const account = knownAccount(deps, username)
  if (account.disabledAt !== null) return
  keepAnAdministrator(deps, account.officerId)
  setDisabled(db, account.id, clock.now())
  removeSessionsOf(db, account.id, null)
  tellChange(deps, actor, account, 'disabled')
}

/** What was disabled works again, its tokens too; sessions that ended stay ended. Safe twice. */
export function enableAccount(deps: AccountDeps, actor: Actor, username: string): void {
  must(actor, 'accounts')
  const account = knownAccount(deps, username)
  if (account.disabledAt === null) return
  setDisabled(deps.db, account.id, null)
  tellChange(deps, actor, account, 'enabled')
}

/** Gives a role for the whole installation from today on, or takes it as from today. Safe twice. Run it inside a write. */
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
  const { id, officerId, kind } = knownAccount(deps, username)
  if (kind === 'client') throw new RuleError('not_a_person', { username })
  const today = localDayOf(clock.now())
  if (held) giveInstallationRole(db, { officerId, role, validFrom: today })
  else {
    if (role === 'administrator') keepAnAdministrator(deps, officerId)
    endInstallationRole(db, officerId, role, addDays(today, -1))
  }
  bumpCatalogue(db)
  recordAudit(deps, { kind: 'role_changed', actorId: actor.officerId, data: { account: id, role, held } })
}

/** Ends every session of an account; returns how many there were. Run it inside a write. */
export function endSessions(deps: AccountDeps, actor: Actor, username: string): number {
  must(actor, 'accounts')
  const { id } = knownAccount(deps, username)
  const ended = removeSessionsOf(deps.db, id, null)
  const data = { account: id, ended, by: 'administrator' }
  recordAudit(deps, { kind: 'session_revoked', actorId: actor.officerId, data })
  return ended
}

/** The account of that name; refuses (`unknown_account`) a name that nobody has. */
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
