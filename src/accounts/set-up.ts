import { hasAccounts, setPassword } from '../../db/queries/accounts.ts'
import { isSetupLink, replaceSetupLink, useSetupLink } from '../../db/queries/setup-links.ts'
import { type Actor, type Deps, SYSTEM_OPERATOR } from '../deps.ts'
import { RuleError } from '../domain/refusals.ts'
import { createAccount } from './create-account.ts'
import { changeInstallationRole, resetPassword } from './manage-accounts.ts'
import { checkPassword, hashPassword } from './passwords.ts'
import { hashOfToken, newToken, openSession, type Sitting } from './session.ts'
import { auditSignIn, type Doors } from './sign-in.ts'

/** How long a set-up link is good. */
const LINK_LIFE_MS = 24 * 60 * 60_000

/** The path of a new one-time set-up link, or null where somebody has an account already. Run it inside a write. */
export function setupPath({ db, clock }: Pick<Deps, 'db' | 'clock'>): string | null {
  if (hasAccounts(db)) return null
  const token = newToken()
  replaceSetupLink(db, hashOfToken(token), clock.now(), clock.now() + LINK_LIFE_MS)
  return `/thiet-lap?ma=${token}`
}

/** Refuses (`setup_link_used`) a link that is none, or none any more. */
export function checkSetupLink({ db, clock }: Pick<Deps, 'db' | 'clock'>, token: string): void {
  if (hasAccounts(db) || !isSetupLink(db, hashOfToken(token), clock.now()))
    throw new RuleError('setup_link_used')
}

export interface FirstAdministrator {
  readonly username: string
  readonly name: string
  readonly password: string
  readonly again: string
}

/** Makes the first administrator with a set-up link and signs them in; returns what the cookie carries. */
export async function setUp(
  { deps, writer }: Doors,
  token: string,
  { username, name, password, again, ...sitting }: FirstAdministrator & Sitting,
): Promise<string> {
  checkSetupLink(deps, token)
  if (password !== again) throw new RuleError('passwords_differ')
  checkPassword(deps.db, password, username)
  const hash = await hashPassword(password)
  return writer.write(() => {
    if (hasAccounts(deps.db) || !useSetupLink(deps.db, hashOfToken(token), deps.clock.now()))
      throw new RuleError('setup_link_used')
    const account = createAdministrator(deps, SYSTEM_OPERATOR, { username, name })
    setPassword(deps.db, account.id, { hash, setAt: deps.clock.now(), temporaryUntil: null })
    const session = openSession(deps, account.id, { ...sitting, complete: true })
    auditSignIn(deps, account, { session: session.id, by: 'password' })
    return session.token
  })
}

/**
 * The first administrator from the environment, with a password to be changed at once; nothing where somebody has an
 * account already. Returns whether one was made.
 */
export async function setUpFromEnvironment(
  { deps, writer }: Doors,
  { username, password }: { readonly username: string; readonly password: string },
): Promise<boolean> {
  if (hasAccounts(deps.db)) return false
  checkPassword(deps.db, password, username)
  const hash = await hashPassword(password)
  return writer.write(() => {
    if (hasAccounts(deps.db)) return false
    createAdministrator(deps, SYSTEM_OPERATOR, { username, name: username })
    resetPassword(deps, SYSTEM_OPERATOR, username, hash)
    return true
  })
}

function createAdministrator(
  deps: Deps,
  actor: Actor,
  { username, name }: { readonly username: string; readonly name: string },
) {
  const account = createAccount(deps, actor, { username, name, kind: 'person' })
  changeInstallationRole(deps, actor, { username, role: 'administrator', held: true })
  return account
}
