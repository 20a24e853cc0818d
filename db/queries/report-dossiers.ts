import { addDays, instantAt } from '../../src/domain/calendar/day.ts'
import type { Counter } from '../../src/domain/counting/tally.ts'
import type { Db } from '../open.ts'
import { prepared } from '../prepared.ts'
import { APPLICANT_JOIN, LISTED_COLUMNS, type ListedDossier, listedOf } from './dossier-list.ts'
import type { SqlRow } from './dossiers.ts'
import type { Attribution } from './tallies.ts'

export interface CounterQuery {
  readonly counter: Counter
  readonly from: string
  /** Last day counted. */
  readonly to: string
  readonly attribution: Attribution
  readonly unitIds: readonly number[] | null
  readonly procedureId: number | null
  readonly fieldId: number | null
  readonly channel: string | null
}

/** A dossier behind a number, and how often it counts there: nearly always once. */
export interface CountedDossier extends ListedDossier {
  readonly times: number
}

const P = 'BETWEEN @from AND @to'
const RECEIVED = `d.accepted_on ${P}`
const RESULT = `d.ended_on ${P} AND d.end_kind = 'result'`

/** The day on which it was due: a dossier that became late was due the day before, wherever the date went since. */
const DUE_DAY = `CASE WHEN d.late_on IS NULL THEN d.due_on ELSE date(d.late_on, '-1 day') END`
const DUE = `d.accepted_on IS NOT NULL AND (${DUE_DAY}) ${P}
  AND NOT (d.late_on IS NULL AND d.ended_on IS NULL AND d.paused_since IS NOT NULL)
  AND NOT (d.ended_on IS NOT NULL AND d.end_kind <> 'result' AND d.end_class <> 'late')`

/** First day overdue: in the past, or the day after the due date while the clock runs. */
const LATE_FROM = `CASE WHEN d.accepted_on IS NULL THEN NULL WHEN d.late_on IS NOT NULL THEN d.late_on
  WHEN d.ended_on IS NULL AND d.paused_since IS NULL THEN date(d.due_on, '+1 day') END`
const OPEN_AT_END = 'd.accepted_on <= @to AND (d.ended_on IS NULL OR d.ended_on > @to)'
const SPELLS = (test: string) =>
  `(SELECT count(*) FROM overdue_spells o WHERE o.dossier_id = d.id AND ${test})`
const OVERDUE_AT_END = `((${LATE_FROM}) <= @to AND (d.ended_on IS NULL OR max((${LATE_FROM}), d.ended_on) > @to)
  OR ${SPELLS('o.from_on <= @to AND o.to_on > @to')} > 0)`
/** How often the dossier became late; one ended on its due date, late by the minute, did so that day. */
const BECAME_LATE = `(coalesce(min((${LATE_FROM}), coalesce(d.ended_on, '9999')) ${P}, 0)
  + ${SPELLS(`min(o.from_on, coalesce(d.ended_on, '9999')) ${P}`)})`
const HANDED = `(SELECT count(*) FROM (SELECT s.from_on, s.officer_id, lag(s.officer_id) OVER (ORDER BY s.from_on) AS before
    FROM dossier_stays s WHERE s.dossier_id = d.id) h
  WHERE h.before <> h.officer_id AND h.from_on ${P} AND d.accepted_on < h.from_on
    AND (d.ended_on IS NULL OR d.ended_on >= h.from_on))`

function closed(kind: 'withdrawn' | 'stopped', late: boolean): string {
  return `d.ended_on ${P} AND d.end_kind = '${kind}' AND d.end_class ${late ? '=' : '<>'} 'late'`
}

interface Definition {
  readonly where: string
  /** How often one dossier counts, where that may differ from once. */
  readonly times?: string
}

/**
 * What each counter of a tally counts, said of the dossiers themselves and not of the day cells: the second,
 * independent definition. Voided dossiers are in none.
 */
const DEFINITIONS = {
  received: { where: RECEIVED },
  receivedCounter: { where: `${RECEIVED} AND d.channel = 'counter'` },
  receivedPostal: { where: `${RECEIVED} AND d.channel = 'postal'` },
  receivedLevel3: { where: `${RECEIVED} AND d.channel = 'level3'` },
  receivedLevel4: { where: `${RECEIVED} AND d.channel = 'level4'` },
  eligible: { where: `${RECEIVED} AND d.eligible` },
  assisted: { where: `${RECEIVED} AND d.assisted` },
  digitised: { where: `${RECEIVED} AND d.digitised` },
  feeDue: { where: `${RECEIVED} AND d.fee > 0` },
  paidOnline: { where: `${RECEIVED} AND d.fee > 0 AND d.fee_payment = 'online'` },
  enteredLate: { where: `${RECEIVED} AND d.entered_late` },
  multiSupplement: { where: `${RECEIVED} AND d.supplement_count > 1` },
  early: { where: `${RESULT} AND d.end_class = 'early'` },
  onTime: { where: `${RESULT} AND d.end_class = 'on_time'` },
  late: { where: `${RESULT} AND d.end_class = 'late'` },
  resolved: { where: RESULT },
  refused: { where: `${RESULT} AND d.outcome = 'refused'` },
  eResult: { where: `${RESULT} AND d.e_result` },
  withdrawnInTime: { where: closed('withdrawn', false) },
  withdrawnLate: { where: closed('withdrawn', true) },
  stoppedInTime: { where: closed('stopped', false) },
  stoppedLate: { where: closed('stopped', true) },
  closed: { where: `d.ended_on ${P} AND d.end_kind IN ('withdrawn', 'stopped')` },
  ended: { where: `d.ended_on ${P}` },
  notAccepted: { where: `d.state = 'not_accepted' AND d.refused_intake_on ${P}` },
  supplements: {
    where: 'd.supplement_count > 0 AND d.accepted_at IS NOT NULL',
    times: `(SELECT count(*) FROM pauses p WHERE p.dossier_id = d.id AND p.kind = 'supplement'
      AND p.from_at >= d.accepted_at AND p.from_at >= @fromAt AND p.from_at < @endAt)`,
  },
  receiptsInTime: {
    where: `d.submitted_at IS NOT NULL AND NOT d.received_late AND coalesce(d.accepted_on, d.refused_intake_on) ${P}`,
  },
  lateReceipts: {
    where: `d.receiving_due_on ${P} AND (d.received_late
      OR d.state = 'submitted' AND d.sub_state IS NOT 'asked_before_acceptance')`,
  },
  due: { where: DUE },
  dueMet: { where: `${DUE} AND d.end_kind = 'result' AND d.end_class <> 'late'` },
  becameLate: { where: 'd.accepted_on IS NOT NULL', times: BECAME_LATE },
  apologised: { where: 'd.accepted_on IS NOT NULL AND d.apology_in_time', times: BECAME_LATE },
  overdueDelta: {
    where: 'd.accepted_on IS NOT NULL',
    times: `coalesce((${LATE_FROM}) ${P}, 0)
      - coalesce(d.ended_on IS NOT NULL AND max((${LATE_FROM}), d.ended_on) ${P}, 0)
      + ${SPELLS(`o.from_on ${P}`)} - ${SPELLS(`o.to_on ${P}`)}`,
  },
  transferredIn: { where: 'FALSE' },
  transferredOut: { where: 'FALSE' },
  handedIn: { where: 'd.accepted_on IS NOT NULL', times: HANDED },
  handedOut: { where: 'd.accepted_on IS NOT NULL', times: HANDED },
  carriedOver: { where: 'd.accepted_on < @from AND (d.ended_on IS NULL OR d.ended_on >= @from)' },
  open: { where: OPEN_AT_END },
  openOverdue: { where: `${OPEN_AT_END} AND ${OVERDUE_AT_END}` },
  openInTime: { where: `${OPEN_AT_END} AND NOT coalesce(${OVERDUE_AT_END}, 0)` },
} as const satisfies Record<Counter, Definition>

/** One page of the dossiers behind a number, by id; `after` is the last id seen. */
export function countedDossiers(
  db: Db,
  query: CounterQuery,
  after: number,
  limit: number,
): readonly CountedDossier[] {
  const { from, times } = partsOf(query)
  return prepared<SqlRow>(
    db,
    `SELECT ${LISTED_COLUMNS}, ${times} AS "times" ${from} AND d.id > @after AND ${times} <> 0 ORDER BY d.id LIMIT @limit`,
  )
    .all({ ...argsOf(query), after, limit })
    .map((row) => listedOf(row) as CountedDossier)
}

/** The number itself, counted from the dossiers. */
export function countDossiers(db: Db, query: CounterQuery): number {
  const { from, times } = partsOf(query)
  return prepared<{ n: number }>(db, `SELECT coalesce(sum(${times}), 0) AS n ${from}`).get(argsOf(query))!.n
}

function partsOf({ counter, attribution, unitIds, procedureId, fieldId, channel }: CounterQuery) {
  const { where, times = '1' }: Definition = DEFINITIONS[counter]
  const unit = attribution === 'resolving' ? 'd.unit_id' : 'd.receiving_unit_id'
  const scope = [
    unitIds === null ? '' : `AND ${unit} IN (SELECT value FROM json_each(@unitIds))`,
    procedureId === null ? '' : 'AND d.procedure_id = @procedureId',
    fieldId === null ? '' : 'AND d.procedure_id IN (SELECT id FROM procedures WHERE field_id = @fieldId)',
    channel === null ? '' : 'AND d.channel = @channel',
  ].join(' ')
  return {
    times: `(${times})`,
    from: `FROM dossiers d ${APPLICANT_JOIN} WHERE d.state <> 'voided' AND (${where}) ${scope}`,
  }
}

function argsOf({ from, to, unitIds, procedureId, fieldId, channel }: CounterQuery): Record<string, unknown> {
  const days = { from, to, fromAt: instantAt(from, 0), endAt: instantAt(addDays(to, 1), 0) }
  return { ...days, unitIds: JSON.stringify(unitIds), procedureId, fieldId, channel }
}
