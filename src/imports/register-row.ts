import type { Officer, Procedure, ProcedureVersion, Unit } from '../catalogue/catalogue.ts'
import type { LocalDay } from '../domain/calendar/day.ts'
import type { Channel } from '../domain/counting/tally.ts'
import type { PauseKind } from '../domain/life-cycle/dossier.ts'
import type { Moment } from './read-moment.ts'

export const OUTCOMES = ['granted', 'partly', 'refused', 'withdrawn', 'stopped', 'not_accepted'] as const
export type RowOutcome = (typeof OUTCOMES)[number]

/** A time in which the clock stood, as a register gives it; `to` null while it stands. */
export interface RowPause {
  readonly from: Moment
  readonly to: Moment | null
  readonly kind: PauseKind
}

export interface RowApplicant {
  readonly name: string
  readonly idNumber: string | null
  readonly phone: string | null
  readonly address: string | null
}

/** What one row of a register says of a dossier, every word understood. Null: the row says nothing of it. */
export interface RegisterRow {
  /** Row of the file, from 1. */
  readonly row: number
  readonly code: string | null
  readonly slipNumber: string | null
  readonly unit: Unit
  readonly receivingUnit: Unit
  readonly procedure: Procedure
  /** In force on the day the dossier came. */
  readonly version: ProcedureVersion
  readonly channel: Channel
  readonly quantity: number | null
  readonly applicant: RowApplicant | null
  readonly submittedAt: Moment | null
  readonly acceptedAt: Moment | null
  readonly dueAt: Moment | null
  readonly lateSince: LocalDay | null
  /** Oldest first. */
  readonly pauses: readonly RowPause[]
  readonly endedAt: Moment | null
  readonly outcome: RowOutcome | null
  readonly returnedAt: Moment | null
  readonly officer: Officer | null
  readonly note: string | null
}
