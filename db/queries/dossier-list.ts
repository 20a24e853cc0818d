import { daysBetween } from '../../src/domain/calendar/day.ts'
import type { State } from '../../src/domain/life-cycle/dossier.ts'
import type { Db } from '../open.ts'
import { DOSSIER_COLUMNS, fromSql, type SqlRow, type StoredDossier } from './dossiers.ts'
import { andSeen, andSeenAnywhere, type Seen, seenArgs } from './seen.ts'

/** A dossier in a list, with what is shown of its applicant. */
export interface ListedDossier extends StoredDossier {
  readonly applicantName: string | null
  readonly idNumberSealed: Buffer | null
  readonly phoneSealed: Buffer | null
}

export interface DossierFilter {
  /** Only these: what a search has found. */
  readonly ids?: readonly number[] | undefined
  readonly unitIds?: readonly number[] | undefined
  readonly receivingUnitIds?: readonly number[] | undefined
  readonly states?: readonly State[] | undefined
  readonly procedureId?: number | undefined
  readonly channel?: string | undefined
  /** 0: nobody. */
  readonly assigneeId?: number | undefined
  readonly open?: boolean | undefined
  readonly overdue?: boolean | undefined
  readonly dueBefore?: string | undefined
  readonly receivedFrom?: string | undefined
  readonly receivedTo?: string | undefined
  /** Folded (src/fold.ts). */
  readonly namePrefix?: string | undefined
  readonly idNumberHash?: Buffer | undefined
  /** Of every way in which the number may be kept. */
  readonly phoneHashes?: readonly Buffer[] | undefined
  readonly codePrefix?: string | undefined
}

export interface DossierListQuery extends DossierFilter {
  /** `recorded`: newest first; `due`: pending dossiers, the first due first. */
  readonly sort: 'recorded' | 'due'
  readonly today: string
  /** Of whoever asks; null: all there are. */
  readonly seen: Seen | null
  /** Sort keys of the last row seen: [id] or [dueAt, id]. */
  readonly after?: readonly number[] | undefined
  readonly limit: number
}

/** Columns and joins of a row of a list. */
export const LISTED_COLUMNS = `${DOSSIER_COLUMNS}, a.name AS "applicantName", a.id_number_sealed AS "idNumberSealed",
  a.phone_sealed AS "phoneSealed"`
export const APPLICANT_JOIN = 'LEFT JOIN persons a ON a.id = d.applicant_id'

const PENDING = 'd.accepted_at IS NOT NULL AND d.ended_at IS NULL'
const PENDING_STATES: ReadonlySet<State> = new Set([
  'accepted',
  'processing',
  'awaiting_supplement',
  'awaiting_payment',
])
const LATE = '(d.late_on <= @today OR (d.late_on IS NULL AND d.paused_since IS NULL AND d.due_on < @today))'
const AFTER_EVERY_LETTER = '\u{10ffff}'

/** Longer than this, walking back from the newest dossier beats gathering and sorting. */
const SHORT_RANGE_DAYS = 62

/** One page of dossiers, by keyset: the cost of a page does not grow with its number. */
export function listDossiers(db: Db, query: DossierListQuery): readonly ListedDossier[] {
  const pending = asksForPending(query)
  const where = [...conditionsOf(query, pending), keysetOf(query)].filter((each) => each !== '')
  const index = indexOf(query, pending)
  const sight = index === 'NOT INDEXED' ? andSeenAnywhere(db, query.seen) : andSeen(query.seen)
  const order = query.sort === 'due' ? 'd.due_at, d.id' : 'd.id DESC'
  // Not kept prepared: the combinations of filters are many, preparing one is cheap.
  const statement = db.prepare<unknown[], SqlRow>(
    `SELECT ${LISTED_COLUMNS} FROM dossiers d ${index} ${APPLICANT_JOIN}
       WHERE ${where.length > 0 ? where.join(' AND ') : '1'} ${sight} ORDER BY ${order} LIMIT @limit`,
  )
  return statement.all(argsOf(query)).map(listedOf)
}

/** Whether only pending dossiers can be meant: they have indexes of their own. */
export function asksForPending({ open, overdue, sort, states }: Partial<DossierListQuery>): boolean {
  return (
    open === true ||
    overdue !== undefined ||
    sort === 'due' ||
    states?.every((state) => PENDING_STATES.has(state)) === true
  )
}

/** A row read with LISTED_COLUMNS. */
export function listedOf(row: SqlRow): ListedDossier {
  return fromSql(row) as ListedDossier
}

type Condition = (query: DossierListQuery) => string

const CONDITIONS: Readonly<Record<keyof DossierFilter, Condition>> = {
  ids: () => 'd.id IN (SELECT value FROM json_each(@ids))',
  unitIds: () => 'd.unit_id IN (SELECT value FROM json_each(@unitIds))',
  receivingUnitIds: () => 'd.receiving_unit_id IN (SELECT value FROM json_each(@receivingUnitIds))',
  states: ({ states = [] }) =>
    `d.state ${states.length === 1 ? `= '${states[0]}'` : 'IN (SELECT value FROM json_each(@states))'}`,
  procedureId: () => 'd.procedure_id = @procedureId',
  channel: () => 'd.channel = @channel',
  assigneeId: ({ assigneeId }) =>
    assigneeId === 0 ? 'd.assignee_id IS NULL' : 'd.assignee_id = @assigneeId',
  open: ({ open }) => (open ? `d.state <> 'voided'` : `(d.state = 'voided' OR NOT (${PENDING}))`),
  overdue: ({ overdue }) => `d.state <> 'voided' AND ${overdue ? LATE : `NOT coalesce(${LATE}, 0)`}`,
  dueBefore: () => 'd.due_on < @dueBefore',
  receivedFrom: () => 'd.accepted_on >= @receivedFrom',
  receivedTo: () => 'd.accepted_on <= @receivedTo',
  namePrefix: () =>
    'd.applicant_id IN (SELECT id FROM persons WHERE name_folded >= @namePrefix AND name_folded < @nameEnd)',
  idNumberHash: () => 'd.applicant_id IN (SELECT id FROM persons WHERE id_number_hash = @idNumberHash)',
  phoneHashes: () =>
    'd.applicant_id IN (SELECT id FROM persons WHERE phone_hash IN (SELECT unhex(value) FROM json_each(@phoneHashes)))',
  codePrefix: () => 'd.code >= @codePrefix AND d.code < @codeEnd',
}

function conditionsOf(query: DossierListQuery, pending: boolean): readonly string[] {
  const asked = (Object.keys(CONDITIONS) as (keyof DossierFilter)[]).filter(
    (name) => query[name] !== undefined,
  )
  const conditions = asked.map((name) => CONDITIONS[name](query))
  if (query.sort === 'due') conditions.push(`d.state <> 'voided'`)
  return pending ? [PENDING, ...conditions] : conditions
}

function keysetOf({ sort, after }: DossierListQuery): string {
  if (after === undefined) return ''
  return sort === 'due' ? '(d.due_at, d.id) > (@afterDueAt, @afterId)' : 'd.id < @afterId'
}

/** The way into the table, pinned: without statistics the planner would guess. */
function indexOf(query: DossierListQuery, pending: boolean): string {
  if (query.ids !== undefined) return ''
  if (query.idNumberHash ?? query.phoneHashes ?? query.namePrefix) return 'INDEXED BY dossiers_applicant'
  if (query.codePrefix !== undefined) return 'INDEXED BY dossiers_code_unique'
  if (pending && query.assigneeId) return 'INDEXED BY dossiers_assigned'
  if (pending && query.unitIds !== undefined) return 'INDEXED BY dossiers_pending'
  if (isShort(query) && query.unitIds !== undefined) return 'INDEXED BY dossiers_unit_received'
  return pending ? '' : 'NOT INDEXED'
}

function isShort({ receivedFrom, receivedTo }: DossierListQuery): boolean {
  if (receivedFrom === undefined || receivedTo === undefined) return false
  return daysBetween(receivedFrom, receivedTo) <= SHORT_RANGE_DAYS
}

function argsOf(query: DossierListQuery): Record<string, unknown> {
  const {
    ids,
    unitIds,
    receivingUnitIds,
    states,
    phoneHashes,
    namePrefix,
    codePrefix,
    after = [],
    sort,
    open: _open,
    overdue: _overdue,
    seen,
    ...rest
  } = query
  const [afterDueAt, afterId] = sort === 'due' ? after : [undefined, after[0]]
  return {
    ...rest,
    ...seenArgs(seen),
    ids: JSON.stringify(ids),
    unitIds: JSON.stringify(unitIds),
    receivingUnitIds: JSON.stringify(receivingUnitIds),
    states: JSON.stringify(states),
    phoneHashes: JSON.stringify(phoneHashes?.map((hash) => hash.toString('hex'))),
    namePrefix,
    nameEnd: `${namePrefix}${AFTER_EVERY_LETTER}`,
    codePrefix,
    codeEnd: `${codePrefix}${AFTER_EVERY_LETTER}`,
    afterDueAt,
    afterId,
  }
}
