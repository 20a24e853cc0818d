import type { Instant, LocalDay } from '../calendar/day.ts'
import type { Channel } from '../counting/tally.ts'

export const STATES = [
  'submitted',
  'not_accepted',
  'accepted',
  'processing',
  'awaiting_supplement',
  'awaiting_payment',
  'withdrawn',
  'stopped',
  'result_ready',
  'returned',
  'voided',
] as const
export type State = (typeof STATES)[number]

/** Finer than the state, for people only; `asked_before_acceptance` also stops the receiving clock. */
export type SubState = 'asked_before_acceptance' | 'verifying' | 'consulting' | 'awaiting_signature'

export type Outcome = 'granted' | 'partly' | 'refused'
export type EndKind = 'result' | 'withdrawn' | 'stopped'
export type EndClass = 'early' | 'on_time' | 'late'
export type ReturnMode = 'counter' | 'postal' | 'online'
export type PauseKind = 'supplement' | 'payment' | 'verification' | 'consultation' | 'other'
export const FEE_PAYMENTS = ['cash', 'transfer', 'online'] as const
export type FeePayment = (typeof FEE_PAYMENTS)[number]
export type PausePolicy = 'restart' | 'resume' | 'no_effect'

/**
 * One dossier as the rules see it: no name, no address, only what decides dates and numbers.
 * Every field is a column of the same name; an event stores the fields it changed.
 */
export interface Dossier {
  readonly state: State
  readonly subState: SubState | null
  readonly channel: Channel
  readonly assisted: boolean
  readonly kiosk: boolean
  readonly byProxy: boolean
  readonly procedureId: number
  readonly procedureVersionId: number
  readonly receivingUnitId: number
  /** Resolving unit: the statistical unit of every column and rate. */
  readonly unitId: number
  /** Who has the dossier now: not its statistical unit. */
  readonly holderUnitId: number
  readonly assigneeId: number | null
  /** The procedure was offered at level 3 or 4 on the day of receipt. */
  readonly eligible: boolean
  /** First day with this unit, after a reorganisation; null: from the start. */
  readonly unitSince: LocalDay | null

  readonly submittedAt: Instant | null
  readonly receivingDueAt: Instant | null
  readonly receivingDueOn: LocalDay | null
  readonly receivedLate: boolean
  readonly refusedIntakeOn: LocalDay | null

  readonly acceptedAt: Instant | null
  readonly acceptedOn: LocalDay | null
  readonly receiptDay: LocalDay | null
  /** Recorded more than one working day after acceptance. */
  readonly enteredLate: boolean
  readonly transferDueAt: Instant | null
  readonly transferredAt: Instant | null

  /** Computed at acceptance; never changes. */
  readonly firstDueAt: Instant | null
  /** In force: moved only by restart, resume, extension, a calendar decision or a correction. */
  readonly dueAt: Instant | null
  readonly dueOn: LocalDay | null
  /** What the citizen was promised. */
  readonly appointmentAt: Instant | null
  /** Acceptance or the last restart. */
  readonly clockStartedAt: Instant | null
  /** Staff took it in at that moment (an automatic acceptance outside office hours rolls on). */
  readonly attended: boolean
  readonly extensionDays: number
  /** First day on which the dossier was overdue; set by the first act after it, then never cleared by an act. */
  readonly lateOn: LocalDay | null
  readonly pausedSince: Instant | null
  readonly supplementCount: number
  readonly lateSupplementRequest: boolean
  readonly apologisedAt: Instant | null
  readonly apologyInTime: boolean
  readonly reappointed: boolean

  readonly resolvedAt: Instant | null
  readonly returnedAt: Instant | null
  readonly endedAt: Instant | null
  readonly endedOn: LocalDay | null
  readonly endKind: EndKind | null
  readonly endClass: EndClass | null
  /** End or return recorded more than one working day after it happened: done, but not clicked. */
  readonly endEnteredLate: boolean
  readonly outcome: Outcome | null
  readonly overdueReason: string | null
  readonly returnMode: ReturnMode
  readonly returnedMode: ReturnMode | null

  readonly quantity: number
  readonly fee: number
  readonly feePaidAt: Instant | null
  /** How the fee was paid; null while it is not. */
  readonly feePayment: FeePayment | null
  readonly digitised: boolean
  readonly eResult: boolean
  readonly explanationId: number | null
  readonly lastOccurredAt: Instant
}

/** A pause of the clock (or, with policy `no_effect`, a wait while it runs). `toAt` null while open. */
export interface PauseRow {
  readonly kind: PauseKind
  readonly policy: PausePolicy
  readonly fromAt: Instant
  readonly toAt: Instant | null
  readonly dueAt: Instant | null
}
