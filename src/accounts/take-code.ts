import { type AccountRow, useTotpStep } from '../../db/queries/accounts.ts'
import type { Deps } from '../deps.ts'
import { spendRecoveryCode } from './recovery-codes.ts'
import { stepOfCode } from './totp.ts'

/**
 * Whether it is a code of this account's second factor, from the telephone or a recovery code; each is good once, so it
 * is none afterwards. Run it inside a write.
 */
export function takeCode(deps: Deps, account: AccountRow, typed: string): boolean {
  const { id, totpSealed, totpConfirmedAt } = account
  if (totpSealed === null || totpConfirmedAt === null) return false
  // People type codes in groups, as they are shown.
  const code = typed.replace(/[\s-]/g, '').toLowerCase()
  if (!/^\d{6}$/.test(code)) return spendRecoveryCode(deps, id, code)
  const step = stepOfCode(deps, deps.vault.open(totpSealed), code)
  return step !== null && useTotpStep(deps.db, id, step)
}
