import { findAccount } from '../../db/queries/accounts.ts'
import type { SessionRow } from '../../db/queries/sessions.ts'
import { RuleError } from '../domain/refusals.ts'
import { completedToken } from './session.ts'
import {
  auditSignIn,
  type Doors,
  forgetFailures,
  refuseLocked,
  tellFailure,
  tellingLocked,
} from './sign-in.ts'
import { takeCode } from './take-code.ts'

/**
 * The second half of a sign-in: a code makes the session complete; returns what the cookie carries from now on.
 * Refuses a wrong code (`wrong_code`, counted like a wrong password) and one tried too often (`locked_out`).
 */
export async function finishSignIn(doors: Doors, session: SessionRow, code: string): Promise<string> {
  const { deps, writer } = doors
  const token = await tellingLocked(doors, findAccount(deps.db, session.accountId), () =>
    writer.write(() => {
      const account = findAccount(deps.db, session.accountId)
      // The second factor was taken away in between: signing in anew asks for none.
      if (account === null || account.totpConfirmedAt === null) throw new RuleError('not_signed_in')
      refuseLocked(deps, account.username)
      if (!takeCode(deps, account, code)) {
        tellFailure(deps, account.username, account)
        return null
      }
      forgetFailures(deps, account.username)
      auditSignIn(deps, account, { session: session.id, by: 'password_and_code' })
      return completedToken(deps, session.id)
    }),
  )
  if (token === null) throw new RuleError('wrong_code')
  return token
}
