import { CHANNELS, RECEIVED_BY_CHANNEL } from '../../src/domain/counting/tally.ts'
import type { Counted } from '../../src/domain/counting/tally-sums.ts'
import type { Db } from '../open.ts'
import { prepared } from '../prepared.ts'
import { DOSSIER_PARTS, inPart, MOVED_IN, MOVED_OUT } from './dossier-parts.ts'

/** What is recounted: everything but the hand-overs between officers, which cancel out in a unit. */
export type Recounted = Exclude<Counted, 'handedIn' | 'handedOut'>

export type RecountRow = {
  readonly unitId: number
  readonly procedureId: number
  readonly channel: number
} & Readonly<Record<Recounted, number>>

const within = (day: string) => `${day} BETWEEN @from AND @to AND ${inPart(day)}`
const result = (endClass: string) =>
  `${within('ended_on')} AND end_kind = 'result' AND end_class = '${endClass}'`
const ended = (kind: string, isLate: boolean) =>
  `${within('ended_on')} AND end_kind = '${kind}' AND (end_class = 'late') = ${Number(isLate)}`
const received = (condition: string) => `${within('accepted_on')} AND ${condition}`
const openOn = (day: string) =>
  `accepted_on <= ${day} AND (ended_on IS NULL OR ended_on > ${day}) AND ${inPart(day)}`
const overdueOn = (day: string) =>
  `(${openOn(day)} AND late_from <= ${day}) + (SELECT count(*) FROM overdue_spells o
    WHERE o.dossier_id = d.id AND o.from_on <= ${day} AND o.to_on > ${day} AND ${inPart(day)})`

/** An end on the due date itself may be late by the minute: then that is the day. */
const firstLate = (day: string) => within(`min(${day}, coalesce(ended_on, ${day}))`)
const BECAME_LATE = `coalesce(${firstLate('late_from')}, 0) + (SELECT count(*) FROM overdue_spells o
    WHERE o.dossier_id = d.id AND o.from_on < o.to_on AND ${firstLate('o.from_on')})`

/**
 * Each counter of a period as the glossary defines it, as a condition on one dossier. This is written from the
 * definitions, apart from `contributions` and from the cells, so that the two can be held against each other.
 */
const DEFINITIONS = {
  received: within('accepted_on'),
  ...(Object.fromEntries(
    CHANNELS.map((channel) => [RECEIVED_BY_CHANNEL[channel], received(`channel = '${channel}'`)]),
  ) as Record<(typeof RECEIVED_BY_CHANNEL)[keyof typeof RECEIVED_BY_CHANNEL], string>),
  eligible: received('eligible'),
  assisted: received('assisted'),
  digitised: received('digitised'),
  feeDue: received('fee > 0'),
  paidOnline: received(`fee > 0 AND fee_payment = 'online'`),
  enteredLate: received('entered_late'),
  multiSupplement: received('supplement_count > 1'),
  early: result('early'),
  onTime: result('on_time'),
  late: result('late'),
  refused: `${within('ended_on')} AND end_kind = 'result' AND outcome = 'refused'`,
  eResult: `${within('ended_on')} AND end_kind = 'result' AND e_result`,
  withdrawnInTime: ended('withdrawn', false),
  withdrawnLate: ended('withdrawn', true),
  stoppedInTime: ended('stopped', false),
  stoppedLate: ended('stopped', true),
  notAccepted: `state = 'not_accepted' AND ${within('refused_intake_on')}`,
  supplements: `(SELECT count(*) FROM pauses p WHERE p.dossier_id = d.id AND p.kind = 'supplement'
    AND p.from_at >= accepted_at AND ${within(`date(p.from_at / 1000, 'unixepoch', '+7 hours')`)})`,
  receiptsInTime: `submitted_at IS NOT NULL AND NOT received_late AND ${within('coalesce(accepted_on, refused_intake_on)')}`,
  lateReceipts: `${within('receiving_due_on')}
    AND (received_late OR (state = 'submitted' AND sub_state IS NOT 'asked_before_acceptance'))`,
  due: `coalesce(${within('due_day')} AND (ended_on IS NULL OR end_kind = 'result' OR end_class = 'late'), 0)
    + (SELECT count(*) FROM overdue_spells o WHERE o.dossier_id = d.id AND ${within(`date(o.from_on, '-1 day')`)})`,
  dueMet: `${within('due_day')} AND end_kind = 'result' AND end_class <> 'late'`,
  becameLate: BECAME_LATE,
  apologised: `apology_in_time * (${BECAME_LATE})`,
  transferredIn: MOVED_IN,
  transferredOut: MOVED_OUT,
  carriedOver: openOn('@before'),
  open: openOn('@to'),
  openOverdue: overdueOn('@to'),
  overdueDelta: `(${overdueOn('@to')}) - (${overdueOn('@before')})`,
} as const satisfies Record<Recounted, string>

export const RECOUNTED = Object.keys(DEFINITIONS) as readonly Recounted[]

const CHANNEL_INDEX = `CASE channel ${CHANNELS.map((channel, index) => `WHEN '${channel}' THEN ${index}`).join(' ')} END`

/** Late since an act found it so, or on the day after the due date while the clock runs. */
const LATE_FROM = `CASE WHEN late_on IS NOT NULL THEN late_on
  WHEN ended_on IS NULL AND paused_since IS NULL THEN date(due_on, '+1 day') END`

/** The due date as it was in force when it came; none while the clock stands before it. */
const DUE_DAY = `CASE WHEN late_on IS NOT NULL THEN date(late_on, '-1 day')
  WHEN ended_on IS NOT NULL OR paused_since IS NULL THEN due_on END`

const RECOUNT = `SELECT part_unit AS unitId, procedure_id AS procedureId, ${CHANNEL_INDEX} AS channel,
    ${RECOUNTED.map((counter) => `SUM(coalesce(${DEFINITIONS[counter]}, 0)) AS "${counter}"`).join(',\n    ')}
  FROM (SELECT *, ${LATE_FROM} AS late_from, ${DUE_DAY} AS due_day FROM ${DOSSIER_PARTS}
    WHERE state <> 'voided') d
  GROUP BY part_unit, procedure_id, channel`

export interface RecountQuery {
  readonly from: string
  readonly to: string
  /** The day before `from`. */
  readonly before: string
}

/** Every dossier counted by definition, by unit, procedure and channel: one pass over all of them. */
export function recount(db: Db, { from, to, before }: RecountQuery): readonly RecountRow[] {
  return prepared<RecountRow>(db, RECOUNT).all({ from, to, before })
}
