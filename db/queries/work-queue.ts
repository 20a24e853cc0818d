import type { Channel } from '../../src/domain/counting/tally.ts'
import type { State, SubState } from '../../src/domain/life-cycle/dossier.ts'
import { STEP_PLACES } from '../../src/domain/step-places.ts'
import type { Db } from '../open.ts'
import { prepared } from '../prepared.ts'
import type { DossierRow } from './dossier-rows.ts'
import {
  everyWay,
  pendingWay,
  type QueueScope,
  RETURNING_UNIT,
  resultsWay,
  scopeArgs,
  submittedWay,
  transitWay,
  type Way,
} from './queue-scope.ts'

/** One line of the queue. */
export interface QueueRow extends DossierRow {
  readonly version: number
  readonly subState: SubState | null
  readonly holderUnitId: number
  readonly submittedAt: number | null
  /** The step that runs elsewhere, and the key of the unit that has it where it is one of ours. */
  readonly stepName: string | null
  readonly stepActor: string | null
  /** From which unit, to which and to whom of it its paper folder is on the way. */
  readonly sentFromUnitId: number | null
  readonly sentToUnitId: number | null
  readonly sentToOfficerId: number | null
  /** Where it stands in its list. */
  readonly mark: number | string
}

/** The last dossier of a page, where it stood when the page was shown: it may have moved since. */
export interface QueuePlace {
  readonly mark: number | string
  readonly id: number
}

export interface QueueFilter {
  readonly scope: QueueScope
  readonly today: string
  /** Last day that counts as soon. */
  readonly soon: string
  /** Units that are no more: their results are handed over by whoever holds them. */
  readonly closedUnitIds: readonly number[]
  /** Versions of procedures that have steps. */
  readonly steppedVersionIds: readonly number[]
  readonly procedureId?: number | undefined
  readonly channel?: Channel | undefined
  /** 0: nobody. */
  readonly assigneeId?: number | undefined
  readonly state?: State | undefined
  /** Units that look after it: the resolving one; for what is to be received or handed over, that one's. */
  readonly ofUnitIds?: readonly number[] | undefined
  readonly from?: string | undefined
  readonly to?: string | undefined
}

export const QUEUE_SORTS = ['due', 'received', 'code', 'applicant'] as const
export type QueueSort = (typeof QUEUE_SORTS)[number]

export interface QueueQuery extends QueueFilter {
  readonly view: QueueView
  readonly sort: QueueSort
  readonly backwards: boolean
  /** Where the page before ended. */
  readonly after?: QueuePlace | undefined
  readonly limit: number
}

const PENDING = `d.accepted_at IS NOT NULL AND d.ended_at IS NULL AND d.state <> 'voided'`
const LATE = '(d.late_on IS NOT NULL OR (d.due_on < @today AND d.paused_since IS NULL))'
const RUNNING = 'd.late_on IS NULL AND d.paused_since IS NULL'
const TODAY = `${RUNNING} AND d.due_on = @today`
const SOON = `${RUNNING} AND d.due_on > @today AND d.due_on <= @soon`
const PAUSED = 'd.late_on IS NULL AND d.paused_since IS NOT NULL'
const CITIZEN = `d.state IN ('awaiting_supplement', 'awaiting_payment')`
const PLACES = Object.keys(STEP_PLACES).map((place) => `'${place}'`)
const STEP_ELSEWHERE = `FROM dossier_steps s WHERE s.dossier_id = d.id AND s.started_at IS NOT NULL AND s.ended_at IS NULL
  AND s.actor NOT IN (${PLACES.join(', ')}) AND s.actor <> (SELECT key FROM units WHERE id = d.unit_id)`
const AGENCY = `(coalesce(d.sub_state IN ('verifying', 'consulting'), 0) OR
  (d.procedure_version_id IN (SELECT value FROM json_each(@stepped)) AND EXISTS (SELECT 1 ${STEP_ELSEWHERE})))`
const IS_OPEN = 'f.dossier_id = d.id AND f.received_at IS NULL AND f.recalled_at IS NULL'
const OPEN_FOLDER = `FROM hand_over_folders f WHERE ${IS_OPEN} ORDER BY f.sent_at DESC LIMIT 1`
const OPEN_SHEET = `FROM hand_over_folders f JOIN hand_overs h ON h.id = f.hand_over_id WHERE ${IS_OPEN}
  ORDER BY f.sent_at DESC LIMIT 1`

interface View {
  readonly source: 'pending' | 'submitted' | 'results' | 'transit' | 'every'
  readonly where?: string
}

/** The lists of the desk: where they are read, and which of what is there. */
const VIEWS = {
  urgent: { source: 'pending', where: '(d.late_on IS NOT NULL OR d.paused_since IS NULL)' },
  overdue: { source: 'pending', where: LATE },
  today: { source: 'pending', where: TODAY },
  soon: { source: 'pending', where: SOON },
  waiting_citizen: { source: 'pending', where: CITIZEN },
  waiting_agency: { source: 'pending', where: AGENCY },
  result_ready: { source: 'results' },
  submitted: { source: 'submitted' },
  in_transit: { source: 'transit' },
  paused: { source: 'pending', where: PAUSED },
  open: { source: 'pending' },
  newest: { source: 'every' },
} as const satisfies Record<string, View>

export type QueueView = keyof typeof VIEWS
export const QUEUE_VIEWS = Object.keys(VIEWS) as readonly QueueView[]

/** One page of the queue, by keyset: a page costs the same however far down it is. */
export function queueRows(db: Db, query: QueueQuery): readonly QueueRow[] {
  const { view, sort, backwards, after, limit } = query
  const { from, where } = wayOf(db, query)
  const key = KEYS[sort] ?? DUE_KEYS[VIEWS[view].source]
  // No name stands in an address: by names, the number of the person marks the place.
  const [mark, marked] =
    sort === 'applicant' ? ['coalesce(d.applicant_id, 0)', nameOf('@mark')] : [key, '@mark']
  const rest = after === undefined ? [] : [`(${key}, d.id) ${backwards ? '<' : '>'} (${marked}, @after)`]
  const order = (column: string) => (backwards ? `${column} DESC, d.id DESC` : `${column}, d.id`)
  // Not kept prepared: the combinations of filters are many, preparing one is cheap.
  const statement = db.prepare<unknown[], QueueRow>(
    `WITH page AS MATERIALIZED (SELECT d.id, ${key} AS sort_key FROM ${from}
       WHERE ${[...where, ...rest].join(' AND ')} ORDER BY ${order('sort_key')} LIMIT @limit)
     SELECT ${ROW}, ${mark} AS mark FROM page CROSS JOIN dossiers d ON d.id = page.id LEFT JOIN persons p ON p.id = d.applicant_id
       ORDER BY ${order('page.sort_key')}`,
  )
  return statement.all({ ...argsOf(query), limit, mark: after?.mark, after: after?.id })
}

export interface QueueCounts {
  readonly open: number
  readonly overdue: number
  readonly today: number
  readonly soon: number
  readonly paused: number
  readonly waiting_citizen: number
  readonly waiting_agency: number
  readonly result_ready: number
  readonly submitted: number
  readonly in_transit: number
  /** Of each folder on its way. */
  readonly onTheWay: readonly OnTheWay[]
  /** When the next of those submitted has to be received; null without any. */
  readonly nextReceivingDueAt: number | null
}

/** Between whom a folder is on its way, and since when. */
export interface OnTheWay {
  readonly fromUnitId: number
  readonly toUnitId: number
  readonly toOfficerId: number | null
  readonly sentAt: number
}

/** How long each list is, with the same filters: what is counted is what is shown. */
export function queueCounts(db: Db, filter: QueueFilter): QueueCounts {
  const args = argsOf(filter)
  const from = (view: QueueView) => {
    const way = wayOf(db, { ...filter, view })
    return `FROM ${way.from} WHERE ${way.where.join(' AND ')}`
  }
  const sum = (condition: string, name: string) => `coalesce(sum(${condition}), 0) AS ${name}`
  const pending = db.prepare<unknown[], QueueCounts>(
    `SELECT count(*) AS open, ${sum(LATE, 'overdue')}, ${sum(TODAY, 'today')}, ${sum(SOON, 'soon')},
       ${sum(PAUSED, 'paused')}, ${sum(CITIZEN, 'waiting_citizen')}, ${sum(AGENCY, 'waiting_agency')} ${from('open')}`,
  )
  const submitted = db.prepare<unknown[], QueueCounts>(
    `SELECT count(*) AS submitted, min(CASE WHEN d.sub_state IS NULL THEN d.receiving_due_at END) AS nextReceivingDueAt
       ${from('submitted')}`,
  )
  const count = (view: QueueView) =>
    db.prepare<unknown[], { n: number }>(`SELECT count(*) AS n ${from(view)}`).get(args)!.n
  const way = wayOf(db, { ...filter, view: 'in_transit' })
  const onTheWay = db
    .prepare<unknown[], OnTheWay>(
      `SELECT h.from_unit_id AS fromUnitId, h.to_unit_id AS toUnitId, h.to_officer_id AS toOfficerId, f.sent_at AS sentAt
         FROM ${way.from} CROSS JOIN hand_over_folders f ON ${IS_OPEN} CROSS JOIN hand_overs h ON h.id = f.hand_over_id
         WHERE ${way.where.join(' AND ')}`,
    )
    .all(args)
  return {
    ...pending.get(args)!,
    ...submitted.get(args)!,
    result_ready: count('result_ready'),
    in_transit: onTheWay.length,
    onTheWay,
  }
}

/** Whether any of these officers has a pending dossier. */
export function hasWork(db: Db, officerIds: readonly number[]): boolean {
  const sql = `SELECT 1 FROM dossiers d INDEXED BY dossiers_assigned
    WHERE ${PENDING} AND d.assignee_id IN (SELECT value FROM json_each(?)) LIMIT 1`
  return prepared(db, sql).get(JSON.stringify(officerIds)) !== undefined
}

const ROW = `d.id, d.version, d.code, d.slip_number AS slipNumber, p.name AS applicant, d.procedure_id AS procedureId,
  d.unit_id AS unitId, d.receiving_unit_id AS receivingUnitId, d.holder_unit_id AS holderUnitId,
  d.assignee_id AS assigneeId, d.state, d.sub_state AS subState, d.channel, d.submitted_at AS submittedAt,
  d.receiving_due_at AS receivingDueAt, d.accepted_on AS acceptedOn, d.due_at AS dueAt, d.due_on AS dueOn,
  d.late_on AS lateOn, d.paused_since AS pausedSince, d.ended_on AS endedOn, d.end_kind AS endKind,
  d.end_class AS endClass, d.end_entered_late AS endEnteredLate,
  (SELECT s.actor ${STEP_ELSEWHERE}) AS stepActor, (SELECT s.name ${STEP_ELSEWHERE}) AS stepName, (SELECT f.to_unit_id ${OPEN_FOLDER}) AS sentToUnitId,
  (SELECT h.from_unit_id ${OPEN_SHEET}) AS sentFromUnitId, (SELECT h.to_officer_id ${OPEN_SHEET}) AS sentToOfficerId`

const KEYS: Readonly<Partial<Record<QueueSort, string>>> = {
  received: 'coalesce(d.accepted_at, d.submitted_at, d.recorded_at)',
  code: `coalesce(d.code, d.slip_number, '')`,
  applicant: nameOf('d.applicant_id'),
}

function nameOf(person: string): string {
  return `coalesce((SELECT name_folded FROM persons WHERE id = ${person}), '')`
}

/** What is urgent first. Those asked for more before acceptance come last: their clock stands. */
const DUE_KEYS = {
  pending: 'd.due_at',
  submitted: 'd.receiving_due_at + iif(d.sub_state IS NULL, 0, 1e13)',
  results: 'd.resolved_at',
  transit: `(SELECT f.sent_at ${OPEN_FOLDER})`,
  every: 'd.id',
} as const satisfies Record<View['source'], string>

interface From {
  readonly from: string
  readonly where: readonly string[]
}

function wayOf(db: Db, query: QueueFilter & { readonly view: QueueView }): From {
  const { source, where }: View = VIEWS[query.view]
  const { scope, assigneeId } = query
  const ways = {
    pending: () => pendingWay(scope),
    submitted: () => submittedWay(scope),
    results: () => resultsWay(scope),
    transit: () => transitWay(scope),
    every: () => everyWay(db, scope),
  }
  const way: Way = ways[source]()
  const index = source === 'pending' && assigneeId ? 'dossiers_assigned' : way.index
  const own = {
    pending: [PENDING],
    submitted: [`d.state = 'submitted'`],
    results: [`d.state = 'result_ready'`],
  }
  const conditions = [
    ...(source in own ? own[source as keyof typeof own] : ['1']),
    ...way.where,
    ...(where === undefined ? [] : [where]),
    ...filtersOf(query, source),
  ]
  const from =
    way.first === undefined
      ? `dossiers d ${index === '' ? '' : `INDEXED BY ${index}`}`
      : `(${way.first}) w CROSS JOIN dossiers d ON d.id = w.dossier_id`
  return { from, where: conditions }
}

const RECEIVED_ON = `coalesce(d.accepted_on, date(d.submitted_at / 1000, 'unixepoch', '+7 hours'))`

function filtersOf(filter: QueueFilter, source: View['source']): readonly string[] {
  const unit = { submitted: 'd.receiving_unit_id', results: RETURNING_UNIT }[source as string] ?? 'd.unit_id'
  const { procedureId, channel, assigneeId, state, ofUnitIds, from, to } = filter
  const assignee = assigneeId === 0 ? 'd.assignee_id IS NULL' : 'd.assignee_id = @assigneeId'
  return [
    ...(procedureId === undefined ? [] : ['d.procedure_id = @procedureId']),
    ...(channel === undefined ? [] : ['d.channel = @channel']),
    ...(assigneeId === undefined ? [] : [assignee]),
    ...(state === undefined ? [] : ['d.state = @state']),
    ...(ofUnitIds === undefined ? [] : [`${unit} IN (SELECT value FROM json_each(@ofUnits))`]),
    ...(from === undefined ? [] : [`${RECEIVED_ON} >= @from`]),
    ...(to === undefined ? [] : [`${RECEIVED_ON} <= @to`]),
  ]
}

function argsOf({ scope, closedUnitIds, steppedVersionIds, ofUnitIds, ...filter }: QueueFilter) {
  const { today, soon, procedureId, channel, assigneeId, state, from, to } = filter
  return {
    ...scopeArgs(scope, closedUnitIds),
    stepped: JSON.stringify(steppedVersionIds),
    ofUnits: JSON.stringify(ofUnitIds),
    ...{ today, soon, procedureId, channel, assigneeId, state, from, to },
  }
}
