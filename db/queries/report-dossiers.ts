import { addDays, instantAt } from '../../src/domain/calendar/day.ts'
import type { Counter } from '../../src/domain/counting/tally.ts'
import type { Db } from '../open.ts'
import { prepared } from '../prepared.ts'
import { APPLICANT_JOIN, LISTED_COLUMNS, type ListedDossier, listedOf } from './dossier-list.ts'
import { inPart, MOVED_IN, MOVED_OUT } from './dossier-parts.ts'
import type { SqlRow } from './dossiers.ts'
import { andSeen, andSeenAnywhere, type Seen, seenArgs } from './seen.ts'
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
  /** Of whoever reads it; null: all there are. */
  readonly seen: Seen | null
}

/** A dossier behind a number, and how often it counts there: nearly always once. */
export interface CountedDossier extends ListedDossier {
  readonly times: number
}

/** In the period, and while the dossier belonged to the unit of the part. */
const within = (day: string) => `(${day} BETWEEN @from AND @to AND ${inPart(day)})`
const RECEIVED = within('d.accepted_on')
const RESULT = `${within('d.ended_on')} AND d.end_kind = 'result'`

/** The day on which it was due: a dossier that became late was due the day before, wherever the date went since. */
const DUE_DAY = `CASE WHEN d.late_on IS NULL THEN d.due_on ELSE date(d.late_on, '-1 day') END`
const DUE = `d.accepted_on IS NOT NULL AND ${within(`(${DUE_DAY})`)}
  AND NOT (d.late_on IS NULL AND d.ended_on IS NULL AND d.paused_since IS NOT NULL)
  AND NOT (d.ended_on IS NOT NULL AND d.end_kind <> 'result' AND d.end_class <> 'late')`

/** First day overdue: in the past, or the day after the due date while the clock runs. */
const LATE_FROM = `CASE WHEN d.accepted_on IS NULL THEN NULL WHEN d.late_on IS NOT NULL THEN d.late_on
  WHEN d.ended_on IS NULL AND d.paused_since IS NULL THEN date(d.due_on, '+1 day') END`
const OPEN_AT_END = `d.accepted_on <= @to AND (d.ended_on IS NULL OR d.ended_on > @to) AND ${inPart('@to')}`
const SPELLS = (test: string) =>
  `(SELECT count(*) FROM overdue_spells o WHERE o.dossier_id = d.id AND ${test})`
const OVERDUE_AT_END = `((${LATE_FROM}) <= @to AND (d.ended_on IS NULL OR max((${LATE_FROM}), d.ended_on) > @to)
  OR ${SPELLS('o.from_on <= @to AND o.to_on > @to')} > 0)`
/** How often the dossier became late; one ended on its due date, late by the minute, did so that day. */
const BECAME_LATE = `(coalesce(${within(`min((${LATE_FROM}), coalesce(d.ended_on, '9999'))`)}, 0)
  + ${SPELLS(`o.from_on < o.to_on AND ${within(`min(o.from_on, coalesce(d.ended_on, '9999'))`)}`)})`
const HANDED = `(SELECT count(*) FROM (SELECT s.from_on, s.officer_id, lag(s.officer_id) OVER (ORDER BY s.from_on) AS before
    FROM dossier_stays s WHERE s.dossier_id = d.id) h
  WHERE h.before <> h.officer_id AND ${within('h.from_on')} AND d.accepted_on < h.from_on
    AND (d.ended_on IS NULL OR d.ended_on >= h.from_on))`

function closed(kind: 'withdrawn' | 'stopped', late: boolean): string {
  return `${within('d.ended_on')} AND d.end_kind = '${kind}' AND d.end_class ${late ? '=' : '<>'} 'late'`
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
  closed: { where: `${within('d.ended_on')} AND d.end_kind IN ('withdrawn', 'stopped')` },
  ended: { where: within('d.ended_on') },
  notAccepted: { where: `d.state = 'not_accepted' AND ${within('d.refused_intake_on')}` },
  supplements: {
    where: 'd.supplement_count > 0 AND d.accepted_at IS NOT NULL',
    times: `(SELECT count(*) FROM pauses p WHERE p.dossier_id = d.id AND p.kind = 'supplement'
      AND p.from_at >= d.accepted_at AND p.from_at >= @fromAt AND p.from_at < @endAt
      AND ${inPart("date(p.from_at / 1000, 'unixepoch', '+7 hours')")})`,
  },
  receiptsInTime: {
    where: `d.submitted_at IS NOT NULL AND NOT d.received_late AND ${within('coalesce(d.accepted_on, d.refused_intake_on)')}`,
  },
  lateReceipts: {
    where: `${within('d.receiving_due_on')} AND (d.received_late
      OR d.state = 'submitted' AND d.sub_state IS NOT 'asked_before_acceptance')`,
  },
  due: { where: DUE },
  dueMet: { where: `${DUE} AND d.end_kind = 'result' AND d.end_class <> 'late'` },
  becameLate: { where: 'd.accepted_on IS NOT NULL', times: BECAME_LATE },
  apologised: { where: 'd.accepted_on IS NOT NULL AND d.apology_in_time', times: BECAME_LATE },
  overdueDelta: {
    where: 'd.accepted_on IS NOT NULL',
    times: `coalesce(${within(`(${LATE_FROM})`)}, 0)
      - coalesce(d.ended_on IS NOT NULL AND ${within(`max((${LATE_FROM}), d.ended_on)`)}, 0)
      + ${SPELLS(within('o.from_on'))} - ${SPELLS(within('o.to_on'))}`,
  },
  transferredIn: { where: MOVED_IN },
  transferredOut: { where: MOVED_OUT },
  handedIn: { where: 'd.accepted_on IS NOT NULL', times: HANDED },
  handedOut: { where: 'd.accepted_on IS NOT NULL', times: HANDED },
  carriedOver: {
    where: `d.accepted_on < @from AND (d.ended_on IS NULL OR d.ended_on >= @from) AND ${inPart("date(@from, '-1 day')")}`,
  },
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
  const { times, parts } = partsOf(db, query)
  const rows = parts.flatMap((from) =>
    prepared<SqlRow>(
      db,
      `SELECT ${LISTED_COLUMNS}, ${times} AS "times" ${from} AND d.id > @after AND ${times} <> 0 ORDER BY d.id LIMIT @limit`,
    ).all({ ...argsOf(query), after, limit }),
  )
  const dossiers = rows.map((row) => listedOf(row) as CountedDossier)
  return dossiers.sort((a, b) => a.id - b.id).slice(0, limit)
}

/** The number itself, counted from the dossiers. */
export function countDossiers(db: Db, query: CounterQuery): number {
  const { times, parts } = partsOf(db, query)
  const counts = parts.map((from) =>
    prepared<{ n: number }>(db, `SELECT coalesce(sum(${times}), 0) AS n ${from}`).get(argsOf(query)),
  )
  return counts.reduce((sum, row) => sum + row!.n, 0)
}

/** Those that never moved by the indexes of their unit, the few that did by their moves. */
function partsOf(
  db: Db,
  { counter, attribution, unitIds, procedureId, fieldId, channel, seen }: CounterQuery,
) {
  const { where, times = '1' }: Definition = DEFINITIONS[counter]
  const column = attribution === 'resolving' ? 'unit_id' : 'receiving_unit_id'
  const scope = [
    procedureId === null ? '' : 'AND d.procedure_id = @procedureId',
    fieldId === null ? '' : 'AND d.procedure_id IN (SELECT id FROM procedures WHERE field_id = @fieldId)',
    channel === null ? '' : 'AND d.channel = @channel',
    unitIds === null ? andSeenAnywhere(db, seen) : andSeen(seen),
  ].join(' ')
  const ofUnits = (unit: string) =>
    unitIds === null ? '' : `AND ${unit} IN (SELECT value FROM json_each(@unitIds))`
  const counted = `d.state <> 'voided' AND (${where}) ${scope}`
  return {
    times: `(${times})`,
    parts: [
      `FROM dossiers d JOIN ${WHOLE} ${APPLICANT_JOIN} WHERE d.unit_since IS NULL AND ${counted} ${ofUnits(`d.${column}`)}`,
      `FROM ${PART} JOIN dossiers d ON d.id = part.dossier_id ${APPLICANT_JOIN} WHERE ${counted} ${ofUnits(`part.${column}`)}`,
    ],
  }
}

const WHOLE = `(SELECT '0000-00-00' AS part_from, '9999-12-31' AS part_to) part`
const PART = `(SELECT dossier_id, from_on AS part_from, to_on AS part_to, unit_id, receiving_unit_id FROM dossier_units) part`

function argsOf({
  from,
  to,
  unitIds,
  procedureId,
  fieldId,
  channel,
  seen,
}: CounterQuery): Record<string, unknown> {
  const days = { from, to, fromAt: instantAt(from, 0), endAt: instantAt(addDays(to, 1), 0) }
  return { ...days, unitIds: JSON.stringify(unitIds), procedureId, fieldId, channel, ...seenArgs(seen) }
}
