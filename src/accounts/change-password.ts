import { type AccountRow, findAccount, setPassword } from '../../db/queries/accounts.ts'
import { removeSessionsOf, type SessionRow, sessionsOf } from '../../db/queries/sessions.ts'
import { recordAudit } from '../audit/record-audit.ts'
import type { Deps } from '../deps.ts'
import { RuleError } from '../domain/refusals.ts'
import { checkPassword, hashPassword, verifyPassword } from './passwords.ts'
import { renewedToken } from './session.ts'
import { type Doors, refuseLocked, tellFailure, tellingLocked } from './sign-in.ts'

export interface PasswordChange {
  readonly old: string
  readonly next: string
  readonly again: string
}

/**
 * Somebody's own new password: every other session of theirs ends, this one gets another token, which is returned.
 * Refuses a wrong old password (counted as a failed sign-in) and a new one that will not do.
 */
export async function changePassword(
  doors: Doors,
  session: SessionRow,
  change: PasswordChange,
): Promise<string> {
  const { deps, writer } = doors
  const seen = ownerOf(deps, session)
  const token = await tellingLocked(doors, seen, async () => {
    refuseLocked(deps, seen.username)
    const isRight = await verifyPassword(seen.passwordHash, change.old)
    const hash = isRight ? await hashOfNext(deps, seen, change) : null
    return writer.write(() => {
      // While the hashes were computed an administrator may have changed the account or ended the session.
      const account = ownerOf(deps, session)
      refuseLocked(deps, account.username)
      if (hash === null || account.passwordHash !== seen.passwordHash) {
        tellFailure(deps, account.username, account)
        return null
      }
      return changed(deps, account, session, hash)
    })
  })
  if (token === null) throw new RuleError('wrong_password')
  return token
}

/** Whose session it is; refuses (`not_signed_in`) one that is over. */
function ownerOf({ db }: Pick<Deps, 'db'>, { id, accountId }: SessionRow): AccountRow {
  const account = findAccount(db, accountId)
  const isOpen = sessionsOf(db, accountId).some((session) => session.id === id)
  if (account === null || !isOpen) throw new RuleError('not_signed_in')
  return account
}

function hashOfNext(
  { db }: Pick<Deps, 'db'>,
  { username }: AccountRow,
  { old, next, again }: PasswordChange,
): Promise<string> {
  if (next !== again) throw new RuleError('passwords_differ')
  if (next === old) throw new RuleError('password_same')
  checkPassword(db, next, username)
  return hashPassword(next)
}

function changed(deps: Deps, { id, officerId }: AccountRow, session: SessionRow, hash: string): string {
  setPassword(deps.db, id, { hash, setAt: deps.clock.now(), temporaryUntil: null })
  removeSessionsOf(deps.db, id, session.id)
  recordAudit(deps, { kind: 'password_changed', actorId: officerId, data: { account: id, by: 'self' } })
  return renewedToken(deps, session.id)
}
