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

export interface ActContext {
  readonly now: Instant
  readonly role: ActorRole
  readonly calendar: WorkCalendar
  readonly procedure: ProcedureRule
  /** Last day of the last closed period; a back-dated act on or before it is a correction. */
  readonly closedThrough: LocalDay | null
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
const OUT_OF_ORDER: ReadonlySet<Act> = new Set(['amend', 'void', 'assign'])

/**
 * Refuses an act that the state, the role, the moment or a missing reason forbids; returns the next state.
 * Back-dating: any clerk by one working day, the head further, and on or before `closedThrough`
 * only with a reason (it becomes a correction of a closed period).
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

function isHead(role: ActorRole): boolean {
  return role === 'head' || role === 'operator' || role === 'system'
}

function checkMoment(dossier: Dossier | null, act: Act, input: ActInput, context: ActContext): void {
  const { now, role, calendar, closedThrough } = context
  if (input.at > now + CLOCK_SKEW_MS) throw new RuleError('in_future')
  if (dossier !== null && input.at < dossier.lastOccurredAt && !OUT_OF_ORDER.has(act)) {
    throw new RuleError('out_of_order')
  }
  if (role === 'system') return
  const day = localDayOf(input.at)
  const today = localDayOf(now)
  if (day >= today) return
  const earliest = isHead(role) ? '0000-00-00' : previousWorkingDay(calendar, today)
  if (day < earliest) throw new RuleError('back_dated_too_far', { earliest })
  if (closedThrough !== null && day <= closedThrough && !input.hasReason) {
    throw new RuleError('closed_period', { day, closedThrough })
  }
}
