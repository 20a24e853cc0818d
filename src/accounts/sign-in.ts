import type { Writer } from '../../db/group-commit.ts'
import { type AccountRow, findAccountByName } from '../../db/queries/accounts.ts'
import { lastFailedSignIn } from '../../db/queries/audit.ts'
import { addFailure, clearFailures, findFailures, removeSession } from '../../db/queries/sessions.ts'
import { recordAudit } from '../audit/record-audit.ts'
import type { Deps } from '../deps.ts'
import { RuleError } from '../domain/refusals.ts'
import { lockedUntil } from './lock-out.ts'
import { verifyPassword } from './passwords.ts'
import type { Principal } from './principal.ts'
import { openSession, type Sitting } from './session.ts'

export interface Doors {
  readonly deps: Deps
  readonly writer: Writer
}

/**
 * Opens a session for a name and a password; returns what the cookie carries. Refuses a wrong pair (`wrong_password`,
 * the same for a name that is unknown, disabled or has no password), one tried too often (`locked_out`) and a temporary
 * password past its time (`password_expired`).
 */
export async function signIn(
  doors: Doors,
  { username, password, ...sitting }: Sitting & { readonly username: string; readonly password: string },
): Promise<string> {
  const { deps, writer } = doors
  const name = usernameOf(username)
  const seen = findAccountByName(deps.db, name)
  const outcome = await tellingLocked(doors, seen, async () => {
    refuseLocked(deps, name)
    const isRight = await verifyPassword(seen?.passwordHash ?? null, password)
    return writer.write(() => {
      // While the password was computed others may have tried, and an administrator may have changed the account.
      refuseLocked(deps, name)
      const account = findAccountByName(deps.db, name)
      const isAsSeen = account !== null && account.passwordHash === seen?.passwordHash
      if (!isRight || !isAsSeen || account.disabledAt !== null) {
        tellFailure(deps, name, account)
        return 'wrong'
      }
      return signedIn(deps, account, sitting)
    })
  })
  if (outcome === 'wrong') throw new RuleError('wrong_password')
  if (outcome === 'expired') throw new RuleError('password_expired')
  return outcome.token
}

/** Ends the session that the browser of somebody who signs in anew still has: no second way in stays behind. */
export async function endSessionBefore({ deps, writer }: Doors, before: Principal | null): Promise<void> {
  const session = before?.session
  if (session != null) await writer.write(() => removeSession(deps.db, session.accountId, session.id))
}

/** `nguyen.van-a`: small letters, digits, dots and dashes. */
export function usernameOf(text: string): string {
  return text.trim().toLowerCase()
}

/** Refuses (`locked_out`) a name that was tried too often. */
export function refuseLocked(deps: Deps, username: string): void {
  const now = deps.clock.now()
  const until = lockedUntil(findFailures(deps.db, nameHashOf(deps, username)), now)
  if (until !== null) throw new RuleError('locked_out', { minutes: Math.ceil((until - now) / 60_000) })
}

/** Counts a wrong password or code, or a right one past its time, and tells the audit. Run it inside a write. */
export function tellFailure(deps: Deps, username: string, account: AccountRow | null, why?: 'expired'): void {
  addFailure(deps.db, nameHashOf(deps, username), deps.clock.now())
  auditFailure(deps, username, account, why)
}

/**
 * Does it; of the tries while the name waits (`locked_out`) the audit is told of the first one in each wait, so that
 * going on is seen and no flood of entries comes of it. Of a name that nobody has there is nothing to tell.
 */
export async function tellingLocked<T>(
  { deps, writer }: Doors,
  account: AccountRow | null,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work()
  } catch (error) {
    const isLocked = error instanceof RuleError && error.code === 'locked_out'
    if (isLocked && account !== null && !isLockTold(deps, account))
      await writer.write(() => {
        if (!isLockTold(deps, account)) auditFailure(deps, account.username, account, 'locked')
      })
    throw error
  }
}

/** Whether the audit knows that somebody tried while this name waits. */
function isLockTold(deps: Deps, { officerId, username }: AccountRow): boolean {
  const failures = findFailures(deps.db, nameHashOf(deps, username))
  const last = lastFailedSignIn(deps.db, officerId)
  return last !== null && last.why === 'locked' && last.at >= (failures?.lastAt ?? 0)
}

function auditFailure(
  deps: Deps,
  username: string,
  account: AccountRow | null,
  why?: 'expired' | 'locked',
): void {
  recordAudit(deps, {
    kind: 'sign_in_failed',
    actorId: account?.officerId ?? null,
    data: { name: nameHashOf(deps, username).toString('hex'), ...(why !== undefined && { why }) },
  })
}

/** People type passwords where names belong: no name that was tried is kept as it was typed. */
export function nameHashOf({ vault }: Pick<Deps, 'vault'>, username: string): Buffer {
  return vault.hash(`sign-in|${username}`)
}

function signedIn(deps: Deps, account: AccountRow, sitting: Sitting): { readonly token: string } | 'expired' {
  if (account.temporaryUntil !== null && account.temporaryUntil <= deps.clock.now()) {
    tellFailure(deps, account.username, account, 'expired')
    return 'expired'
  }
  const complete = account.totpConfirmedAt === null
  const { id, token } = openSession(deps, account.id, { ...sitting, complete })
  // A right password does not pay for wrong codes: with it they could be guessed without end.
  if (complete) {
    forgetFailures(deps, account.username)
    auditSignIn(deps, account, { session: id, by: 'password' })
  }
  return { token }
}

/** After a complete sign-in nothing is held against the name. Run it inside a write. */
export function forgetFailures(deps: Pick<Deps, 'db' | 'vault'>, username: string): void {
  clearFailures(deps.db, nameHashOf(deps, username))
}

/** Tells the audit of a complete sign-in. */
export function auditSignIn(
  deps: Pick<Deps, 'db' | 'clock'>,
  { id, officerId }: Pick<AccountRow, 'id' | 'officerId'>,
  { session, by }: { readonly session: number; readonly by: 'password' | 'password_and_code' | 'external' },
): void {
  recordAudit(deps, { kind: 'signed_in', actorId: officerId, data: { account: id, session, by } })
}
