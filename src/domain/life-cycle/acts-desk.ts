import { type Instant, localDayOf } from '../calendar/day.ts'
import { RuleError } from '../refusals.ts'
import { type ActContext, type ActInput, type ActResult, checkAct } from './acts.ts'
import type { Dossier } from './dossier.ts'
import { toResolver } from './implied-transfer.ts'

/** From the shop to the resolver: the same working day, or the start of the next one after 15:00 (NĐ 61 art 18.2). */
export function transfer(dossier: Dossier, input: ActInput, context: ActContext): ActResult {
  const state = checkAct(dossier, 'transfer', input, context)
  return {
    next: { ...dossier, state, ...toResolver(dossier, input.at), lastOccurredAt: input.at },
  }
}

export function sendForSignature(dossier: Dossier, input: ActInput, context: ActContext): ActResult {
  const state = checkAct(dossier, 'send_for_signature', input, context)
  if (dossier.subState !== null) throw new RuleError('already_asked')
  return {
    next: {
      ...dossier,
      state,
      subState: 'awaiting_signature',
      ...toResolver(dossier, input.at),
      lastOccurredAt: input.at,
    },
  }
}

export function returnFromSignature(dossier: Dossier, input: ActInput, context: ActContext): ActResult {
  checkAct(dossier, 'return_from_signature', input, context)
  if (dossier.subState !== 'awaiting_signature') throw new RuleError('nothing_asked')
  return { next: { ...dossier, subState: null, lastOccurredAt: input.at } }
}

/** Who has the dossier from now on: an officer, or nobody (`assigneeId` null). */
export function assign(dossier: Dossier, input: ActInput, context: ActContext): ActResult {
  checkAct(dossier, 'assign', input, context)
  return { next: { ...dossier, assigneeId: input.assigneeId ?? null } }
}

/** One agency's part of an inter-agency dossier is done; the steps are rows of their own. */
export function finishStep(dossier: Dossier, input: ActInput, context: ActContext): ActResult {
  const state = checkAct(dossier, 'finish_step', input, context)
  return { next: { ...dossier, state, ...toResolver(dossier, input.at), lastOccurredAt: input.at } }
}

/** Corrects what decides no date: papers digitised, fee, quantity, e-result, cause of lateness, how the result comes back. */
export function amend(dossier: Dossier, input: ActInput, context: ActContext): ActResult {
  checkAct(dossier, 'amend', input, context)
  if (input.feePaidAt != null) checkPaidAt(dossier, input.feePaidAt, context)
  return {
    next: {
      ...dossier,
      returnMode: input.returnMode ?? dossier.returnMode,
      byProxy: input.byProxy ?? dossier.byProxy,
      digitised: input.digitised ?? dossier.digitised,
      eResult: input.eResult ?? dossier.eResult,
      ...feePaid(dossier, input),
      fee: input.fee ?? dossier.fee,
      quantity: input.quantity ?? dossier.quantity,
      overdueReason: input.overdueReason === undefined ? dossier.overdueReason : input.overdueReason,
    },
  }
}

/** Money is taken between the day the dossier came and now: receipts are numbered and cash is counted by that day. */
function checkPaidAt(dossier: Dossier, paidAt: Instant, { now }: ActContext): void {
  const came = dossier.submittedAt ?? dossier.acceptedAt
  if (paidAt > now) throw new RuleError('in_future')
  if (came !== null && localDayOf(paidAt) < localDayOf(came)) throw new RuleError('fee_paid_too_early')
}

/** A fee paid has a moment and a way: cash where nothing else is said. Taking it back (`feePayment` null) clears both. */
function feePaid(dossier: Dossier, input: ActInput): Pick<Dossier, 'feePaidAt' | 'feePayment'> {
  if (input.feePayment === null) return { feePaidAt: null, feePayment: null }
  if (input.feePayment === undefined && input.feePaidAt === undefined) {
    return { feePaidAt: dossier.feePaidAt, feePayment: dossier.feePayment }
  }
  return {
    feePaidAt: input.feePaidAt ?? dossier.feePaidAt ?? input.at,
    feePayment: input.feePayment ?? dossier.feePayment ?? 'cash',
  }
}
