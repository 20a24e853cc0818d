import type { ActContext, ActInput, ActResult } from './acts.ts'
import {
  apologise,
  beginConsultation,
  beginVerification,
  endPause,
  extend,
  requestPayment,
  requestSupplement,
} from './acts-clock.ts'
import { amend, assign, finishStep, returnFromSignature, sendForSignature, transfer } from './acts-desk.ts'
import { finish, reopen, returnResult, stop, voidDossier, withdraw } from './acts-end.ts'
import {
  accept,
  answerBeforeAcceptance,
  askBeforeAcceptance,
  refuseIntake,
  resolveAtOnce,
} from './acts-intake.ts'
import type { Dossier } from './dossier.ts'
import type { PlainAct } from './life-cycle.ts'

type ActRule = (dossier: Dossier, input: ActInput, context: ActContext) => ActResult

/** Every plain act on an existing dossier → its pure rule. */
export const ACT_RULES = {
  accept,
  resolve_at_once: resolveAtOnce,
  refuse_intake: refuseIntake,
  ask_before_acceptance: askBeforeAcceptance,
  answer_before_acceptance: answerBeforeAcceptance,
  transfer,
  request_supplement: requestSupplement,
  supply_supplement: (d, i, c) => endPause(d, 'supply_supplement', i, c),
  request_payment: requestPayment,
  pay: (d, i, c) => endPause(d, 'pay', i, c),
  begin_verification: beginVerification,
  end_verification: (d, i, c) => endPause(d, 'end_verification', i, c),
  begin_consultation: beginConsultation,
  end_consultation: (d, i, c) => endPause(d, 'end_consultation', i, c),
  send_for_signature: sendForSignature,
  return_from_signature: returnFromSignature,
  extend,
  apologise,
  assign,
  finish_step: finishStep,
  finish,
  return_result: returnResult,
  withdraw,
  stop,
  reopen,
  void: voidDossier,
  amend,
} as const satisfies Record<PlainAct, ActRule>
