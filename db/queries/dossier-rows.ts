import type { Channel } from '../../src/domain/counting/tally.ts'
import type { EndClass, EndKind, State } from '../../src/domain/life-cycle/dossier.ts'
import type { Db } from '../open.ts'
import { prepared } from '../prepared.ts'
import { andSeen, andSeenAnywhere, type Seen, seenArgs } from './seen.ts'

/** One line of a list of dossiers. */
export interface DossierRow {
  readonly id: number
  readonly code: string | null
  readonly slipNumber: string | null
  readonly applicant: string | null
  readonly procedureId: number
  readonly unitId: number
  readonly receivingUnitId: number
  readonly assigneeId: number | null
  readonly state: State
  readonly channel: Channel
  readonly receivingDueAt: number | null
  readonly acceptedOn: string | null
  readonly dueAt: number | null
  readonly dueOn: string | null
  readonly lateOn: string | null
  readonly pausedSince: number | null
  readonly endedOn: string | null
  readonly endKind: EndKind | null
  readonly endClass: EndClass | null
  /** 1: its end was recorded later than the next working day. */
  readonly endEnteredLate: 0 | 1
  /** Where this row stands in its list. */
  readonly sortKey: number
}

/** Rows after this one: keyset, so that a page costs the same however far down it is. */
export interface Cursor {
  readonly sortKey: number
  readonly id: number
}

export interface ListQuery {
  readonly view: DossierView
  /** Units of the scope; null for all. */
  readonly unitIds: readonly number[] | null
  /** Whose dossiers `mine` are. */
  readonly officerIds?: readonly number[]
  /** Of whoever reads it; null: all there are. */
  readonly seen: Seen | null
  readonly today: string
  /** Last day that counts as soon. */
  readonly soon: string
  readonly after?: Cursor | undefined
  readonly limit: number
}

const ROW = `d.id, d.code, d.slip_number AS slipNumber, p.name AS applicant, d.procedure_id AS procedureId,
  d.unit_id AS unitId, d.receiving_unit_id AS receivingUnitId, d.assignee_id AS assigneeId, d.state, d.channel,
  d.receiving_due_at AS receivingDueAt, d.accepted_on AS acceptedOn, d.due_at AS dueAt, d.due_on AS dueOn,
  d.late_on AS lateOn, d.paused_since AS pausedSince, d.ended_on AS endedOn, d.end_kind AS endKind,
  d.end_class AS endClass, d.end_entered_late AS endEnteredLate`
const PERSON = 'LEFT JOIN persons p ON p.id = d.applicant_id'
const FROM = `FROM dossiers d ${PERSON}`

const PENDING = `d.accepted_at IS NOT NULL AND d.ended_at IS NULL AND d.state <> 'voided'`
const LATE = '(d.late_on IS NOT NULL OR (d.due_on < @today AND d.paused_since IS NULL))'
const RUNNING = 'd.late_on IS NULL AND d.paused_since IS NULL'

interface View {
  readonly where: string
  readonly key: string
  readonly unit: string
  /** Of the pending ones, which have an index of their own. */
  readonly pending?: true
  /** Work of that unit alone: whoever else may see it has nothing to do there. */
  readonly ofUnit?: true
  readonly backwards?: true
}

const BY_DUE = { key: 'd.due_at', unit: 'd.unit_id', pending: true } as const

/** Whoever hands over the result of dossier `d`. */
export const RETURNING_UNIT = `CASE WHEN d.holder_unit_id IN (d.unit_id, d.receiving_unit_id) THEN d.receiving_unit_id
  ELSE d.holder_unit_id END`

/** The lists of the desk: which dossiers, in which order, and the unit that looks after them. */
const VIEWS = {
  urgent: {
    where: `${PENDING} AND (d.late_on IS NOT NULL OR d.paused_since IS NULL)`,
    ...BY_DUE,
  },
  mine: {
    where: `${PENDING} AND d.assignee_id IN (SELECT value FROM json_each(@officers))`,
    ...BY_DUE,
  },
  open: { where: PENDING, ...BY_DUE },
  overdue: { where: `${PENDING} AND ${LATE}`, ...BY_DUE },
  today: { where: `${PENDING} AND ${RUNNING} AND d.due_on = @today`, ...BY_DUE },
  soon: { where: `${PENDING} AND ${RUNNING} AND d.due_on > @today AND d.due_on <= @soon`, ...BY_DUE },
  paused: { where: `${PENDING} AND d.late_on IS NULL AND d.paused_since IS NOT NULL`, ...BY_DUE },
  submitted: {
    where: `d.state = 'submitted'`,
    key: 'd.receiving_due_at',
    unit: 'd.receiving_unit_id',
    ofUnit: true,
  },
  // Results of a unit that is no more are handed over by whoever holds them.
  result_ready: {
    where: `d.state = 'result_ready'`,
    key: 'd.resolved_at',
    unit: RETURNING_UNIT,
    ofUnit: true,
  },
  newest: { where: '1', key: 'd.id', unit: 'd.unit_id', backwards: true },
} as const satisfies Record<string, View>

export type DossierView = keyof typeof VIEWS

/** A page of one of the desk's lists. */
export function dossierRows(
  db: Db,
  { view, unitIds, seen, officerIds = [], after, limit, today, soon }: ListQuery,
): readonly DossierRow[] {
  const { where, key, unit, pending, backwards }: View = VIEWS[view]
  const from = `FROM dossiers d ${pending ? 'INDEXED BY dossiers_pending' : ''} ${PERSON}`
  const scope = unitIds === null ? '' : `AND ${unit} IN (SELECT value FROM json_each(@units))`
  const sight = sightOf(db, VIEWS[view], seen, unitIds)
  const rest = after === undefined ? '' : `AND (${key}, d.id) ${backwards ? '<' : '>'} (@sortKey, @id)`
  const order = backwards ? `${key} DESC, d.id DESC` : `${key}, d.id`
  return prepared<DossierRow>(
    db,
    `SELECT ${ROW}, ${key} AS sortKey ${from} WHERE ${where} ${scope} ${sight} ${rest} ORDER BY ${order} LIMIT @limit`,
  ).all({
    today,
    soon,
    units: JSON.stringify(unitIds),
    officers: JSON.stringify(officerIds),
    limit,
    ...seenArgs(seen),
    ...after,
  })
}

function sightOf(
  db: Db,
  { unit, ofUnit, pending }: View,
  seen: Seen | null,
  unitIds: ListQuery['unitIds'],
): string {
  if (seen !== null && ofUnit) return `AND ${unit} IN (SELECT value FROM json_each(@seenUnits))`
  return pending || unitIds !== null ? andSeen(seen) : andSeenAnywhere(db, seen)
}

/** Rows of these dossiers, in the order of the ids. */
export function dossierRowsById(db: Db, ids: readonly number[]): readonly DossierRow[] {
  return prepared<DossierRow>(
    db,
    `SELECT ${ROW}, i.key AS sortKey FROM json_each(?) i JOIN dossiers d ON d.id = i.value
       LEFT JOIN persons p ON p.id = d.applicant_id ORDER BY i.key`,
  ).all(JSON.stringify(ids))
}

export interface Search {
  readonly text: string
  /** Of whoever searches; null: all there are. */
  readonly seen: Seen | null
  readonly limit: number
}

/** Dossiers whose code begins with `text`. */
export function dossiersByCode(db: Db, { text, seen, limit }: Search): readonly DossierRow[] {
  return prepared<DossierRow>(
    db,
    `SELECT ${ROW}, 0 AS sortKey ${FROM} WHERE d.code >= @text AND d.code < @text || char(1114111)
       ${andSeenAnywhere(db, seen)} ORDER BY d.code LIMIT @limit`,
  ).all({ text, limit, ...seenArgs(seen) })
}

/** Dossiers of applicants whose folded name begins with `text`, newest first. */
export function dossiersByName(db: Db, { text, seen, limit }: Search): readonly DossierRow[] {
  const begins = 'p.name_folded >= @text AND p.name_folded < @text || char(1114111)'
  // A rare name leads to its dossiers; one that many bear is met soon enough on the way back through all.
  const from = isRare(db, text)
    ? `persons p CROSS JOIN dossiers d INDEXED BY dossiers_applicant ON d.applicant_id = p.id WHERE ${begins} ${andSeen(seen)}`
    : `dossiers d NOT INDEXED CROSS JOIN persons p ON p.id = d.applicant_id WHERE ${begins} ${andSeenAnywhere(db, seen)}`
  return prepared<DossierRow>(
    db,
    `SELECT ${ROW}, 0 AS sortKey FROM ${from} ORDER BY d.id DESC LIMIT @limit`,
  ).all({ text, limit, ...seenArgs(seen) })
}

/** Up to this many people a name is looked up by itself. */
const RARE = 5_000

function isRare(db: Db, text: string): boolean {
  const found = prepared<{ n: number }>(
    db,
    `SELECT count(*) AS n FROM (SELECT 1 FROM persons WHERE name_folded >= @text
       AND name_folded < @text || char(1114111) LIMIT ${RARE + 1})`,
  )
  return found.get({ text })!.n <= RARE
}
