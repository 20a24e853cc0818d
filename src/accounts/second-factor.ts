import { type AccountRow, setTotp, useTotpStep } from '../../db/queries/accounts.ts'
import { removeSessionsOf } from '../../db/queries/sessions.ts'
import { recordAudit } from '../audit/record-audit.ts'
import type { Deps } from '../deps.ts'
import { RuleError } from '../domain/refusals.ts'
import { needsSecondFactor, type Principal } from './principal.ts'
import { current, proveAgain } from './prove-again.ts'
import { newRecoveryCodes } from './recovery-codes.ts'
import { openNote, sealNote } from './sealed-note.ts'
import { renewedToken } from './session.ts'
import type { Doors } from './sign-in.ts'
import { newTotpSecret, stepOfCode } from './totp.ts'

/** Whose second factor it is, and in which session it is changed. */
type Owner = Pick<Principal, 'account' | 'session' | 'actor'>

/** How long somebody may take to scan the secret. */
const ENROLMENT_MS = 30 * 60_000
const NOTE = 'second-factor'

export interface Enrolment {
  readonly secret: string
  /** The secret sealed, to be sent back with the code: nothing is kept of an enrolment that nobody finishes. */
  readonly note: string
}

/** A secret made anew, to be shown to the authenticator. */
export function beginEnrolment(
  deps: Pick<Deps, 'vault' | 'clock'>,
  { id }: Pick<AccountRow, 'id'>,
): Enrolment {
  const secret = newTotpSecret()
  return { secret, note: sealNote(deps, NOTE, deps.clock.now() + ENROLMENT_MS, { account: id, secret }) }
}

/** The enrolment of a note, for another try with the same secret; null for one past its time. */
export function enrolmentOf(
  deps: Pick<Deps, 'vault' | 'clock'>,
  { id }: Pick<AccountRow, 'id'>,
  note: string,
): Enrolment | null {
  const said = openNote<{ account: number; secret: string }>(deps, NOTE, note)
  return said?.account === id ? { secret: said.secret, note } : null
}

/** What changes with the second factor: the session goes on with this token. */
export interface Changed {
  readonly token: string
  /** Recovery codes, to be shown this once. */
  readonly codes: readonly string[]
}

/** Turns the second factor on with a first code of it; every other session ends. */
export function confirmEnrolment(
  { deps, writer }: Doors,
  owner: Owner,
  { note, code }: { readonly note: string; readonly code: string },
): Promise<Changed> {
  return writer.write(() => {
    const account = current(deps, owner)
    if (account.totpConfirmedAt !== null) throw new RuleError('second_factor_on')
    const enrolment = enrolmentOf(deps, account, note)
    if (enrolment === null) throw new RuleError('enrolment_expired')
    const step = stepOfCode(deps, enrolment.secret, code.replace(/\s/g, ''))
    if (step === null) throw new RuleError('wrong_code')
    setTotp(deps.db, account.id, deps.vault.seal(enrolment.secret), deps.clock.now())
    useTotpStep(deps.db, account.id, step)
    const codes = newRecoveryCodes(deps, account.id)
    return { token: changed(deps, owner, true), codes }
  })
}

/** Turns it off for who proves again who they are, unless the setting asks for it; every other session ends. */
export async function removeSecondFactor(doors: Doors, owner: Owner, proof: string): Promise<string> {
  const { deps, writer } = doors
  if (needsSecondFactor(deps.db, owner.actor)) throw new RuleError('second_factor_required')
  await proveAgain(doors, owner, proof)
  return writer.write(() => {
    mustHaveIt(deps, owner)
    setTotp(deps.db, owner.account.id, null, null)
    return changed(deps, owner, false)
  })
}

/** Ten new recovery codes for who proves again who they are; those of before are worth nothing. */
export async function renewRecoveryCodes(doors: Doors, owner: Owner, proof: string): Promise<Changed> {
  const { deps, writer } = doors
  await proveAgain(doors, owner, proof)
  return writer.write(() => {
    mustHaveIt(deps, owner)
    const codes = newRecoveryCodes(deps, owner.account.id)
    return { token: changed(deps, owner, true), codes }
  })
}

/** Refuses (`no_second_factor`) where it was taken off meanwhile. */
function mustHaveIt(deps: Deps, owner: Owner): void {
  if (current(deps, owner).totpConfirmedAt === null) throw new RuleError('no_second_factor')
}

/** Tells the audit, ends the other sessions, and gives this one another token. */
function changed(deps: Deps, { account, session }: Owner, on: boolean): string {
  if (session === null) throw new RuleError('not_signed_in')
  removeSessionsOf(deps.db, account.id, session.id)
  recordAudit(deps, {
    kind: 'second_factor_changed',
    actorId: account.officerId,
    data: { account: account.id, on, by: 'self' },
  })
  return renewedToken(deps, session.id)
}
