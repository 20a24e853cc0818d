import { type AccountRow, findAccount } from '../../db/queries/accounts.ts'
import type { Deps } from '../deps.ts'
import { RuleError } from '../domain/refusals.ts'
import { verifyPassword } from './passwords.ts'
import type { Principal } from './principal.ts'
import { type Doors, refuseLocked, tellFailure, tellingLocked } from './sign-in.ts'
import { takeCode } from './take-code.ts'

/** Whose account it is. */
type Owner = Pick<Principal, 'account'>

/**
 * Whoever changes how one signs in proves again who they are, for a session may have been left open. Refuses
 * (`wrong_proof`, counted like a wrong password) what is neither the password nor a code.
 */
export async function proveAgain(doors: Doors, owner: Owner, proof: string): Promise<void> {
  const { deps, writer } = doors
  const seen = current(deps, owner)
  const isProven = await tellingLocked(doors, seen, async () => {
    const isPassword = await verifyPassword(seen.passwordHash, proof)
    return writer.write(() => {
      const account = current(deps, owner)
      refuseLocked(deps, account.username)
      const isTheirs = isPassword && account.passwordHash === seen.passwordHash
      if (takeCode(deps, account, proof) || isTheirs) return true
      tellFailure(deps, account.username, account)
      return false
    })
  })
  if (!isProven) throw new RuleError('wrong_proof')
}

/** The account as it stands now. */
export function current({ db }: Pick<Deps, 'db'>, { account }: Owner): AccountRow {
  const row = findAccount(db, account.id)
  if (row === null) throw new RuleError('not_signed_in')
  return row
}
