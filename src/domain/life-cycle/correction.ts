import { nextWorkingDay } from '../calendar/calendar.ts'
import { type Instant, localDayOf, printInstant } from '../calendar/day.ts'
import { isPastMinute } from '../deadlines/past-minute.ts'
import { transferDueAt } from '../deadlines/transfer-deadline.ts'
import { RuleError } from '../refusals.ts'
import { type ActContext, type ActInput, type ActResult, checkAct, checkDay } from './acts.ts'
import { type ClockStep, replayClock } from './clock-replay.ts'
import type { Dossier } from './dossier.ts'

/** What intake said, as it should have been. */
export type Right = Pick<
  Dossier,
  | 'channel'
  | 'procedureId'
  | 'procedureVersionId'
  | 'eligible'
  | 'fee'
  | 'receivingUnitId'
  | 'unitId'
  | 'holderUnitId'
  | 'unitSince'
> & { readonly acceptedAt: Instant }

/** What happened to the dossier besides, from its timeline. */
export interface Past {
  /** It was accepted by staff, not automatically. */
  readonly attended: boolean
  readonly acceptanceRecordedAt: Instant
  /** Requests for more before acceptance, and the answers to them. */
  readonly askedAt: readonly Instant[]
  readonly answeredAt: readonly Instant[]
  /** Since acceptance, oldest first. */
  readonly steps: readonly ClockStep[]
}

/**
 * Corrects what was wrong from acceptance: procedure, channel, units, moment. The dossier becomes what it would be had
 * intake been right: the clock runs anew through its pauses (which keep the effect they were given), extensions and
 * restarts, lateness is judged from scratch, an end anew. Code and first due date stay as they were given.
 */
export function correct(
  dossier: Dossier,
  right: Right,
  past: Past,
  input: ActInput,
  context: ActContext,
): ActResult {
  const state = checkAct(dossier, 'correct', input, context)
  if (dossier.acceptedAt === null) throw new RuleError('never_accepted')
  const changed = (Object.keys(right) as (keyof Right)[]).filter((name) => right[name] !== dossier[name])
  if (changed.length === 0) throw new RuleError('nothing_to_correct')
  const corrected = { ...dossier, ...right, state }
  const moved = changed.includes('acceptedAt')
  if (moved) checkMoment(dossier, right.acceptedAt, past, input, context)
  const received = moved ? receivedAnew(corrected, right.acceptedAt, past, context) : corrected
  const runsAnew = moved || changed.some((name) => CLOCK_FACTS.has(name))
  return runsAnew ? replayClock(received, right.acceptedAt, past, context) : { next: received }
}

/** The limit hangs on the procedure, the days on the calendar of the shop. */
const CLOCK_FACTS: ReadonlySet<keyof Right> = new Set(['procedureVersionId', 'receivingUnitId'])

/** A moment of acceptance lies between what came before it and what came next, and not further back than one may go. */
function checkMoment(
  dossier: Dossier,
  acceptedAt: Instant,
  { askedAt, answeredAt, steps }: Past,
  input: ActInput,
  context: ActContext,
): void {
  const before = Math.max(dossier.submittedAt ?? 0, ...askedAt, ...answeredAt)
  if (acceptedAt < before) throw new RuleError('accepted_before_submission', { after: printInstant(before) })
  const implied = dossier.transferredAt ?? Number.POSITIVE_INFINITY
  const next = Math.min(implied, dossier.endedAt ?? implied, ...steps.map(({ at }) => at))
  if (acceptedAt > context.now) throw new RuleError('in_future')
  if (acceptedAt > next) throw new RuleError('accepted_after_act', { next: printInstant(next) })
  checkDay(localDayOf(acceptedAt), input, context)
}

/** The facts of the reception itself, at another moment. */
function receivedAnew(dossier: Dossier, acceptedAt: Instant, past: Past, { calendar }: ActContext): Dossier {
  const acceptedOn = localDayOf(acceptedAt)
  const due = dossier.receivingDueAt
  const answers = past.askedAt.length > past.answeredAt.length ? past.askedAt : [...past.askedAt, acceptedAt]
  return {
    ...dossier,
    acceptedOn,
    receivedLate: due !== null && answers.some((at) => isPastMinute(at, due)),
    enteredLate: localDayOf(past.acceptanceRecordedAt) > nextWorkingDay(calendar, acceptedOn),
    transferDueAt: transferDueAt(calendar, acceptedAt),
    lastOccurredAt: nothingSince(dossier, past) ? acceptedAt : dossier.lastOccurredAt,
  }
}

function nothingSince({ transferredAt }: Dossier, { steps }: Past): boolean {
  return transferredAt === null && steps.length === 0
}
