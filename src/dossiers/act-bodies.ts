import Type, { type TSchema } from 'typebox'
import type { FeePayment } from '../domain/life-cycle/dossier.ts'
import { type PlainAct, TRANSITIONS } from '../domain/life-cycle/life-cycle.ts'
import { closedObject } from '../web/schemas.ts'
import { ACT_FIELDS } from './dossier-schemas.ts'

export type ActField = keyof typeof ACT_FIELDS

/** What each act takes beside the moment, a reason and a note. */
const FIELDS_OF = {
  accept: ['attended'],
  resolve_at_once: ['attended', 'eResult', 'returnMode'],
  refuse_intake: [],
  ask_before_acceptance: [],
  answer_before_acceptance: [],
  transfer: [],
  request_supplement: [],
  supply_supplement: [],
  request_payment: [],
  pay: ['feePayment'],
  begin_verification: [],
  end_verification: [],
  begin_consultation: [],
  end_consultation: [],
  send_for_signature: [],
  return_from_signature: [],
  extend: ['days'],
  apologise: ['appointmentAt'],
  assign: ['assignee'],
  finish_step: [],
  finish: ['outcome', 'eResult', 'overdueReason'],
  return_result: ['returnMode'],
  withdraw: ['overdueReason'],
  stop: ['overdueReason'],
  reopen: [],
  void: [],
  amend: ['digitised', 'eResult', 'feePayment', 'feePaidAt', 'fee', 'quantity', 'overdueReason'],
} as const satisfies Record<PlainAct, readonly ActField[]>

/** The fields of an act beside the moment, a reason and a note, those that it may do without as well. */
export function fieldsOf(act: PlainAct): readonly ActField[] {
  return act === 'resolve_at_once' ? ['outcome', ...FIELDS_OF[act]] : FIELDS_OF[act]
}

/** The body of an act: exactly the fields it takes; a reason is required where the life cycle says so. */
export function actBody(act: PlainAct): TSchema {
  const { at, reason, note } = ACT_FIELDS
  const own: Partial<Record<ActField, TSchema>> = {}
  for (const field of FIELDS_OF[act]) own[field] = ACT_FIELDS[field]
  if (act === 'resolve_at_once') own.outcome = Type.Optional(ACT_FIELDS.outcome)
  const body = { at, ...own, reason: TRANSITIONS[act].needsReason ? REASON : reason, note }
  return closedObject(body)
}

const REASON = Type.String({ minLength: 1, maxLength: 2000, description: 'Lý do (bắt buộc).' })

/** A body of any act, as the handler reads it. */
export interface ActBody {
  readonly at?: string
  readonly reason?: string
  readonly note?: string
  readonly attended?: boolean
  readonly outcome?: 'granted' | 'partly' | 'refused'
  readonly returnMode?: 'counter' | 'postal' | 'online'
  readonly appointmentAt?: string
  readonly assignee?: string | null
  readonly days?: number
  readonly eResult?: boolean
  readonly digitised?: boolean
  readonly feePayment?: FeePayment
  readonly feePaidAt?: string
  readonly fee?: number
  readonly quantity?: number
  readonly overdueReason?: string | null
}
