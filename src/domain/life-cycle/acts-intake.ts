import { nextWorkingDay } from '../calendar/calendar.ts'
import { localDayOf } from '../calendar/day.ts'
import { dueDate } from '../deadlines/deadline.ts'
import { receivingDueAt } from '../deadlines/receiving-clock.ts'
import { transferDueAt } from '../deadlines/transfer-deadline.ts'
import { RuleError } from '../refusals.ts'
import { type ActContext, type ActInput, type ActResult, checkAct } from './acts.ts'
import { finishClock } from './acts-end.ts'
import type { Dossier } from './dossier.ts'
import { isReceivedLate } from './lateness.ts'

/** An unopened dossier: what the intake form says, before any act. */
export type Blank = Omit<Dossier, 'state' | 'lastOccurredAt'>

/**
 * Online submission: status 1. The clock that runs is the shop's: 8 working hours to receive it
 * (NĐ 45/2020 art 11).
 */
export function submit(blank: Blank, input: ActInput, context: ActContext): ActResult {
  const state = checkAct(null, 'submit', input, context)
  const due = receivingDueAt(context.calendar, input.at)
  return {
    next: {
      ...blank,
      state,
      submittedAt: input.at,
      receivingDueAt: due,
      receivingDueOn: localDayOf(due),
      lastOccurredAt: input.at,
    },
  }
}

/**
 * Acceptance: the statutory clock starts, the due date is computed and promised
 * (NĐ 61/2018 art 17.1c, 18.2 for the transfer). Example: 3 working days, accepted Monday 06/03/2023 09:00,
 * due Thursday 09/03/2023.
 */
export function accept(dossier: Dossier | Blank, input: ActInput, context: ActContext): ActResult {
  const opened = 'state' in dossier ? dossier : null
  const state = checkAct(opened, 'accept', input, context)
  return accepted(dossier, state, input, context)
}

/** A procedure answered at once: accepted, resolved and returned in one act (NĐ 61/2018 art 17.4). */
export function resolveAtOnce(dossier: Dossier | Blank, input: ActInput, context: ActContext): ActResult {
  const opened = 'state' in dossier ? dossier : null
  const state = checkAct(opened, 'resolve_at_once', input, context)
  if (!context.procedure.instant) throw new RuleError('not_instant')
  const { next, ...rest } = accepted(dossier, 'accepted', input, context)
  const ended = finishClock({ ...next, transferredAt: input.at }, input.at, 'result', context)
  return {
    next: {
      ...ended,
      state,
      outcome: input.outcome ?? 'granted',
      eResult: input.eResult ?? dossier.eResult,
      resolvedAt: input.at,
      returnedAt: input.at,
      returnedMode: input.returnMode ?? dossier.returnMode,
    },
    ...rest,
  }
}

/** Refusal at intake: never received, in no rate (TT 01/2018 form 03). */
export function refuseIntake(dossier: Dossier | Blank, input: ActInput, context: ActContext): ActResult {
  const opened = 'state' in dossier ? dossier : null
  const state = checkAct(opened, 'refuse_intake', input, context)
  return {
    next: {
      ...dossier,
      state,
      subState: null,
      receivedLate: isReceivedLate(dossier, input.at),
      refusedIntakeOn: localDayOf(input.at),
      lastOccurredAt: input.at,
    },
    ...answersRequest(dossier),
  }
}

/** A request for more before acceptance: national code 5, not received yet, the 8-hour clock stands. */
export function askBeforeAcceptance(dossier: Dossier, input: ActInput, context: ActContext): ActResult {
  checkAct(dossier, 'ask_before_acceptance', input, context)
  if (dossier.subState !== null) throw new RuleError('already_asked')
  return {
    next: {
      ...dossier,
      subState: 'asked_before_acceptance',
      receivedLate: isReceivedLate(dossier, input.at),
      lastOccurredAt: input.at,
    },
    openPause: { kind: 'supplement', policy: 'resume', dueAt: null },
  }
}

export function answerBeforeAcceptance(dossier: Dossier, input: ActInput, context: ActContext): ActResult {
  checkAct(dossier, 'answer_before_acceptance', input, context)
  if (dossier.subState !== 'asked_before_acceptance') throw new RuleError('nothing_asked')
  const pauses = context.pauses.map((pause) => ({ from: pause.fromAt, to: pause.toAt ?? input.at }))
  const next = { ...dossier, subState: null, lastOccurredAt: input.at }
  // The 8 hours had run out before more was asked for: a late receipt stays late, on the day it became so.
  if (dossier.receivedLate) return { next, closePause: true }
  const due = receivingDueAt(context.calendar, dossier.submittedAt ?? input.at, pauses)
  return { next: { ...next, receivingDueAt: due, receivingDueOn: localDayOf(due) }, closePause: true }
}

function accepted(
  dossier: Dossier | Blank,
  state: Dossier['state'],
  input: ActInput,
  { calendar, procedure, now }: ActContext,
): ActResult {
  const attended = input.attended ?? true
  const due = dueDate(calendar, procedure.deadline, input.at, { attended })
  const next: Dossier = {
    ...dossier,
    state,
    subState: null,
    attended,
    acceptedAt: input.at,
    acceptedOn: localDayOf(input.at),
    receivedLate: isReceivedLate(dossier, input.at),
    receiptDay: due.receiptDay,
    enteredLate: localDayOf(now) > nextWorkingDay(calendar, localDayOf(input.at)),
    transferDueAt: transferDueAt(calendar, input.at),
    firstDueAt: due.dueAt,
    dueAt: due.dueAt,
    dueOn: due.dueOn,
    appointmentAt: due.dueAt,
    clockStartedAt: input.at,
    lastOccurredAt: input.at,
  }
  return { next, due, ...answersRequest(dossier) }
}

/** Deciding on a submission also closes a request for more that is still open. */
function answersRequest(dossier: Dossier | Blank): { closePause?: true } {
  return dossier.subState === 'asked_before_acceptance' ? { closePause: true } : {}
}
