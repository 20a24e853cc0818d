import { findAccount, setPassword } from '../../db/queries/accounts.ts'
import { removeSessionsOf, type SessionRow } from '../../db/queries/sessions.ts'
import { recordAudit } from '../audit/record-audit.ts'
import { RuleError } from '../domain/refusals.ts'
import { checkPassword, hashPassword, verifyPassword } from './passwords.ts'
import { renewedToken } from './session.ts'
import { type Doors, refuseLocked, tellFailure } from './sign-in.ts'

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
  { deps, writer }: Doors,
  session: SessionRow,
  { old, next, again }: PasswordChange,
): Promise<string> {
  const account = findAccount(deps.db, session.accountId)
  if (account === null) throw new RuleError('not_signed_in')
  refuseLocked(deps, account.username)
  if (!(await verifyPassword(account.passwordHash, old))) {
    await writer.write(() => tellFailure(deps, account.username, account))
    throw new RuleError('wrong_password')
  }
  if (next !== again) throw new RuleError('passwords_differ')
  if (next === old) throw new RuleError('password_same')
  checkPassword(deps.db, next, account.username)
  const hash = await hashPassword(next)
  return writer.write(() => {
    setPassword(deps.db, account.id, { hash, setAt: deps.clock.now(), temporaryUntil: null })
    removeSessionsOf(deps.db, account.id, session.id)
    recordAudit(deps, {
      kind: 'password_changed',
      actorId: account.officerId,
      data: { account: account.id, by: 'self' },
    })
    return renewedToken(deps, session.id)
  })
}
