import { previousWorkingDay, type WorkCalendar } from '../calendar/calendar.ts'
import type { Instant, LocalDay } from '../calendar/day.ts'
import { localDayOf } from '../calendar/day.ts'
import type { DeadlineRule, Due } from '../deadlines/deadline.ts'
import { RuleError } from '../refusals.ts'
import type { Dossier, FeePayment, Outcome, PauseKind, PausePolicy, PauseRow, ReturnMode } from './dossier.ts'
import { type Act, nextState, TRANSITIONS, type Transition } from './life-cycle.ts'

/** What the procedure's version in force at receipt prescribes. */
export interface ProcedureRule {
  readonly deadline: DeadlineRule
  readonly lateness: 'date' | 'minute'
  readonly supplementPolicy: 'restart' | 'resume'
  readonly paymentPolicy: PausePolicy
  readonly verificationPolicy: PausePolicy
  readonly consultationPolicy: PausePolicy
  /** Working days by which the law allows the limit to be extended; null: not at all. */
  readonly extensionDays: number | null
  readonly instant: boolean
}

/** `system` is an import, a seed or a job: bound by the life cycle, not by the limits of back-dating. */
export type ActorRole = 'counter' | 'officer' | 'head' | 'supervisor' | 'operator' | 'system'

/**
 * What lets somebody date back further than the role does: a slip filled in while the system was away (not into a
 * closed period), or the approval of whoever may correct closed periods.
 */
export type Leave = 'outage' | 'approved'

export interface ActContext {
  readonly now: Instant
  readonly role: ActorRole
  readonly calendar: WorkCalendar
  readonly procedure: ProcedureRule
  /** Last day of the last closed period; a back-dated act on or before it is a correction. */
  readonly closedThrough: LocalDay | null
  readonly leave?: Leave | undefined
  /** Corrections of closed periods need a second person, the head's own too. */
  readonly secondPerson?: boolean
  /** Working days after which a supplement request made now expires unanswered; null: never. */
  readonly supplementExpiryDays: number | null
  /** All pauses of the dossier, oldest first. */
  readonly pauses: readonly PauseRow[]
}

export interface ActInput {
  readonly at: Instant
  readonly hasReason: boolean
  readonly attended?: boolean
  readonly outcome?: Outcome
  readonly returnMode?: ReturnMode
  readonly byProxy?: boolean
  readonly appointmentAt?: Instant
  readonly assigneeId?: number | null
  readonly days?: number
  readonly eResult?: boolean
  readonly digitised?: boolean
  readonly feePayment?: FeePayment | null
  readonly feePaidAt?: Instant | null
  readonly fee?: number
  readonly quantity?: number
  readonly overdueReason?: string | null
}

export interface ActResult {
  readonly next: Dossier
  /** A newly computed due date, to be stored as explanation. */
  readonly due?: Due
  readonly openPause?: {
    readonly kind: PauseKind
    readonly policy: PausePolicy
    readonly dueAt: Instant | null
  }
  readonly closePause?: true
}

/** Minutes by which the clerk's clock may run ahead of the server's. */
const CLOCK_SKEW_MS = 5 * 60_000

/** Acts that may carry an earlier moment than the last one of the dossier. */
const OUT_OF_ORDER: ReadonlySet<Act> = new Set(['amend', 'void', 'assign', 'correct'])

/**
 * Refuses an act that the state, the role, the moment or a missing reason forbids; returns the next state.
 * Back-dating: see checkDay.
 */
export function checkAct(dossier: Dossier | null, act: Act, input: ActInput, context: ActContext) {
  const transition: Transition = TRANSITIONS[act]
  const state = nextState(dossier?.state ?? null, act)
  checkRole(transition, context)
  checkMoment(dossier, act, input, context)
  if (transition.needsReason && !input.hasReason)
    throw new RuleError('reason_required', { act: transition.label })
  return state
}

function checkRole(transition: Transition, { role }: ActContext): void {
  const reserved = transition.role === 'head'
  if (reserved && !isHead(role)) throw new RuleError('head_only', { act: transition.label })
}

export function isHead(role: ActorRole): boolean {
  return role === 'head' || role === 'operator' || role === 'system'
}

function checkMoment(dossier: Dossier | null, act: Act, input: ActInput, context: ActContext): void {
  if (input.at > context.now + CLOCK_SKEW_MS) throw new RuleError('in_future')
  if (dossier !== null && input.at < dossier.lastOccurredAt && !OUT_OF_ORDER.has(act)) {
    throw new RuleError('out_of_order')
  }
  checkDay(localDayOf(input.at), input, context)
}

/**
 * Refuses a day further back than this person may go: any clerk by one working day, the head further; on or before
 * `closedThrough` it corrects a closed period, which takes a reason and somebody who may.
 */
export function checkDay(
  day: LocalDay,
  { hasReason }: Pick<ActInput, 'hasReason'>,
  context: ActContext,
): void {
  const { now, role, calendar, closedThrough, leave } = context
  const today = localDayOf(now)
  if (role === 'system' || day >= today) return
  if (leave === undefined && !isHead(role)) {
    const earliest = previousWorkingDay(calendar, today)
    if (day < earliest) throw new RuleError('back_dated_too_far', { earliest })
  }
  if (closedThrough !== null && day <= closedThrough) checkCorrection(day, { hasReason }, context)
}

/** Refuses to change what a closed period counts on `day` without a reason, or by somebody who may only ask for it. */
export function checkCorrection(
  day: LocalDay,
  { hasReason }: Pick<ActInput, 'hasReason'>,
  { role, leave, secondPerson, closedThrough }: Pick<ActContext, CorrectionRight>,
): void {
  if (role === 'system') return
  const period = { day, closedThrough: closedThrough ?? day }
  if (!hasReason) throw new RuleError('closed_period', period)
  const mayCorrect = leave === 'approved' || (isHead(role) && !secondPerson)
  if (!mayCorrect) throw new RuleError('needs_approval', period)
}

type CorrectionRight = 'role' | 'leave' | 'secondPerson' | 'closedThrough'
