import { addWorkingDays, closingAt } from '../calendar/calendar.ts'
import { type Instant, localDayOf } from '../calendar/day.ts'
import { apologyDueOn } from '../deadlines/deadline.ts'
import { RuleError } from '../refusals.ts'
import { type ActContext, type ActInput, type ActResult, checkAct } from './acts.ts'
import type { Dossier } from './dossier.ts'
import { lateOnAt } from './lateness.ts'
import type { Act } from './life-cycle.ts'
import { beginPause, goOn, laterByWorkingDays } from './standing-clock.ts'

/** NĐ 61/2018 art 19.4: notice of a supplement at the latest 3 working days after receipt. */
const SUPPLEMENT_NOTICE_DAYS = 3

/**
 * Asks the applicant for a supplement. The first request within 3 working days restarts the limit when it is
 * answered; a later or a second one only gives the days back, and is flagged (NĐ 61/2018 art 11.2c, 19.4).
 */
export function requestSupplement(dossier: Dossier, input: ActInput, context: ActContext): ActResult {
  const state = checkAct(dossier, 'request_supplement', input, context)
  const { calendar, procedure } = context
  const lastDay = addWorkingDays(calendar, dossier.receiptDay ?? localDayOf(input.at), SUPPLEMENT_NOTICE_DAYS)
  const first = dossier.supplementCount === 0
  const inTime = localDayOf(input.at) <= lastDay
  const policy = first && inTime ? procedure.supplementPolicy : 'resume'
  const expiry = context.supplementExpiryDays
  const expiresAt =
    expiry === null ? null : closingAt(calendar, addWorkingDays(calendar, localDayOf(input.at), expiry))
  const pause = beginPause(dossier, input.at, { kind: 'supplement', policy, dueAt: expiresAt }, context)
  return {
    ...pause,
    next: {
      ...pause.next,
      state,
      supplementCount: dossier.supplementCount + 1,
      lateSupplementRequest: dossier.lateSupplementRequest || !inTime,
    },
  }
}

export function requestPayment(dossier: Dossier, input: ActInput, context: ActContext): ActResult {
  const state = checkAct(dossier, 'request_payment', input, context)
  const policy = context.procedure.paymentPolicy
  const pause = beginPause(dossier, input.at, { kind: 'payment', policy, dueAt: null }, context)
  return { ...pause, next: { ...pause.next, state } }
}

/** Verification: time the law excludes for some procedures (NĐ 07/2025), counted for others (NĐ 61 art 19.3). */
export function beginVerification(dossier: Dossier, input: ActInput, context: ActContext): ActResult {
  return beginInquiry(dossier, 'begin_verification', 'verification', input, context)
}

/** Consultation runs inside the limit unless the procedure says otherwise (NĐ 61/2018 art 19.5). */
export function beginConsultation(dossier: Dossier, input: ActInput, context: ActContext): ActResult {
  return beginInquiry(dossier, 'begin_consultation', 'consultation', input, context)
}

/** The supplement, the payment, the verification or the opinion is there: the clock restarts or goes on. */
export function endPause(
  dossier: Dossier,
  act: Extract<Act, 'supply_supplement' | 'pay' | 'end_verification' | 'end_consultation'>,
  input: ActInput,
  context: ActContext,
): ActResult {
  const state = checkAct(dossier, act, input, context)
  const expected = { end_verification: 'verifying', end_consultation: 'consulting' } as const
  if (act in expected && dossier.subState !== expected[act as keyof typeof expected]) {
    throw new RuleError('nothing_asked')
  }
  const { next, ...rest } = goOn(dossier, input.at, context)
  const paid =
    act === 'pay' ? { feePaidAt: input.at, feePayment: input.feePayment ?? dossier.feePayment ?? 'cash' } : {}
  return { next: { ...next, ...paid, state }, ...rest }
}

/**
 * Extension by law (for example NĐ 23/2015 art 21: certification by at most 2 working days): moves the due date
 * once the reason is recorded, within what the procedure allows, and only while the dossier is in time.
 */
export function extend(dossier: Dossier, input: ActInput, context: ActContext): ActResult {
  checkAct(dossier, 'extend', input, context)
  const allowed = context.procedure.extensionDays
  const days = input.days ?? 0
  if (allowed === null) throw new RuleError('no_extension')
  if (!Number.isInteger(days) || days < 1 || dossier.extensionDays + days > allowed) {
    throw new RuleError('extension_too_long', { allowed })
  }
  const late = lateOnAt(dossier, input.at, context.procedure.lateness) !== null
  if (late || dossier.dueAt === null) throw new RuleError('already_late')
  return { next: { ...extended(dossier, dossier.dueAt, days, context), lastOccurredAt: input.at } }
}

/** The dossier with `days` working days more. */
export function extended(dossier: Dossier, due: Instant, days: number, context: ActContext): Dossier {
  const dueAt = laterByWorkingDays(due, days, context)
  return {
    ...dossier,
    extensionDays: dossier.extensionDays + days,
    dueAt,
    dueOn: localDayOf(dueAt),
    appointmentAt: Math.max(dossier.appointmentAt ?? dueAt, dueAt),
  }
}

/**
 * Apology and one re-appointment: moves only what was promised, never the due date (NĐ 61/2018 art 19.9).
 * In time when made at the latest on the last working day before the due date.
 */
export function apologise(dossier: Dossier, input: ActInput, context: ActContext): ActResult {
  checkAct(dossier, 'apologise', input, context)
  if (dossier.reappointed) throw new RuleError('already_reappointed')
  if (dossier.dueOn === null || dossier.dueAt === null) throw new RuleError('never_accepted')
  const { appointmentAt } = input
  if (appointmentAt === undefined || appointmentAt <= Math.max(dossier.dueAt, input.at)) {
    throw new RuleError('appointment_too_early')
  }
  const lateOn = lateOnAt(dossier, input.at, context.procedure.lateness)
  const lastDay = apologyDueOn(context.calendar, dossier.dueOn)
  return {
    next: {
      ...dossier,
      appointmentAt,
      reappointed: true,
      apologisedAt: input.at,
      apologyInTime: lateOn === null && localDayOf(input.at) <= lastDay,
      lateOn,
      lastOccurredAt: input.at,
    },
  }
}

function beginInquiry(
  dossier: Dossier,
  act: 'begin_verification' | 'begin_consultation',
  kind: 'verification' | 'consultation',
  input: ActInput,
  context: ActContext,
): ActResult {
  const state = checkAct(dossier, act, input, context)
  if (context.pauses.some((pause) => pause.toAt === null)) throw new RuleError('already_asked')
  const { verificationPolicy, consultationPolicy } = context.procedure
  const policy = kind === 'verification' ? verificationPolicy : consultationPolicy
  const subState = kind === 'verification' ? 'verifying' : 'consulting'
  const pause = beginPause(dossier, input.at, { kind, policy, dueAt: null }, context)
  return { ...pause, next: { ...pause.next, state, subState } }
}
