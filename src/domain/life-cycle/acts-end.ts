import { nextWorkingDay } from '../calendar/calendar.ts'
import { type Instant, localDayOf } from '../calendar/day.ts'
import { RuleError } from '../refusals.ts'
import { type ActContext, type ActInput, type ActResult, checkAct } from './acts.ts'
import type { Dossier, EndKind } from './dossier.ts'
import { toResolver } from './implied-transfer.ts'
import { endClassOf, isReceivedLate, lateOnAt } from './lateness.ts'
import { goOn } from './standing-clock.ts'

/**
 * The result is ready, or the refusal on the merits is signed: the clock stops (NĐ 61/2018 art 19.8:
 * a refusal is a result). Lateness is judged here, by the due date in force.
 */
export function finish(dossier: Dossier, input: ActInput, context: ActContext): ActResult {
  const state = checkAct(dossier, 'finish', input, context)
  if (input.outcome === undefined) throw new RuleError('outcome_required')
  const { ended, ...rest } = endNow(dossier, input, 'result', context)
  return {
    next: {
      ...ended,
      state,
      outcome: input.outcome,
      eResult: input.eResult ?? dossier.eResult,
      resolvedAt: input.at,
      ...toResolver(dossier, input.at),
    },
    ...rest,
  }
}

export function returnResult(dossier: Dossier, input: ActInput, context: ActContext): ActResult {
  const state = checkAct(dossier, 'return_result', input, context)
  return {
    next: {
      ...dossier,
      state,
      returnedAt: input.at,
      returnedMode: input.returnMode ?? dossier.returnMode,
      endEnteredLate: dossier.endEnteredLate || isEnteredLate(input.at, context),
      lastOccurredAt: input.at,
    },
  }
}

/** The applicant takes the dossier back before a decision (NĐ 118/2025 art 21; national code 7). */
export function withdraw(dossier: Dossier, input: ActInput, context: ActContext): ActResult {
  return closeWithoutResult(dossier, 'withdraw', 'withdrawn', input, context)
}

/** Administrative closure on a legal ground, or because a supplement never came (national code 8). */
export function stop(dossier: Dossier, input: ActInput, context: ActContext): ActResult {
  return closeWithoutResult(dossier, 'stop', 'stopped', input, context)
}

/** Undoes a wrong closure: the clock is taken never to have stopped. */
export function reopen(dossier: Dossier, input: ActInput, context: ActContext): ActResult {
  const state = checkAct(dossier, 'reopen', input, context)
  if (dossier.acceptedAt === null) throw new RuleError('never_accepted')
  return {
    next: {
      ...dossier,
      state,
      subState: null,
      outcome: null,
      resolvedAt: null,
      returnedAt: null,
      returnedMode: null,
      endedAt: null,
      endedOn: null,
      endKind: null,
      endClass: null,
      endEnteredLate: false,
      overdueReason: null,
      lastOccurredAt: input.at,
    },
  }
}

/** Duplicate, mistake or training: leaves every count, keeps its number. */
export function voidDossier(dossier: Dossier, input: ActInput, context: ActContext): ActResult {
  const state = checkAct(dossier, 'void', input, context)
  const closePause = context.pauses.some((pause) => pause.toAt === null)
  return { next: { ...dossier, state, subState: null, pausedSince: null }, ...(closePause && { closePause }) }
}

/** The columns of an end at `at`; `dossier` must not be paused. */
export function finishClock(dossier: Dossier, at: Instant, endKind: EndKind, context: ActContext): Dossier {
  const endedOn = localDayOf(at)
  return {
    ...dossier,
    subState: null,
    lateOn: lateOnAt(dossier, at, context.procedure.lateness),
    endedAt: at,
    endedOn,
    endKind,
    endClass: endClassOf(dossier, at, context.procedure.lateness),
    endEnteredLate: isEnteredLate(at, context),
    lastOccurredAt: at,
  }
}

/** Recorded later than the working day after it happened. */
function isEnteredLate(at: Instant, { now, calendar }: ActContext): boolean {
  const [day, today] = [localDayOf(at), localDayOf(now)]
  return today > day && today > nextWorkingDay(calendar, day)
}

function closeWithoutResult(
  dossier: Dossier,
  act: 'withdraw' | 'stop',
  endKind: EndKind,
  input: ActInput,
  context: ActContext,
): ActResult {
  const state = checkAct(dossier, act, input, context)
  if (dossier.acceptedAt === null) {
    const closePause = dossier.subState === 'asked_before_acceptance'
    const receivedLate = isReceivedLate(dossier, input.at)
    return {
      next: { ...dossier, state, subState: null, receivedLate, lastOccurredAt: input.at },
      ...(closePause && { closePause }),
    }
  }
  const { ended, ...rest } = endNow(dossier, input, endKind, context)
  return { next: { ...ended, state }, ...rest }
}

/** Ends the dossier; an open pause ends with it and gives its days back first. */
function endNow(dossier: Dossier, input: ActInput, endKind: EndKind, context: ActContext) {
  const { next: running, ...rest } = goOn(dossier, input.at, context, { answered: false })
  const ended = {
    ...finishClock(running, input.at, endKind, context),
    overdueReason: input.overdueReason ?? dossier.overdueReason,
  }
  return { ended, ...rest }
}
