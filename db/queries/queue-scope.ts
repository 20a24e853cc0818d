import type { Db } from '../open.ts'
import { type Seen, seenAnywhere, seenArgs } from './seen.ts'

/** Whose work a list is about. */
export type QueueScope =
  | { readonly kind: 'all' }
  /** Everything somebody may see: of their units, assigned to them, or with a step of theirs. */
  | {
      readonly kind: 'seen'
      readonly unitIds: readonly number[]
      readonly officerIds: readonly number[]
      readonly procedureVersionIds: readonly number[]
    }
  /** What these units resolve, and what they receive for the units in `through`. */
  | { readonly kind: 'units'; readonly unitIds: readonly number[]; readonly through: readonly number[] }
  /** What these officers have; of what nobody in particular has, what waits at their units. */
  | {
      readonly kind: 'officers'
      readonly officerIds: readonly number[]
      readonly unitIds: readonly number[]
    }

/** A way into the table, pinned: without statistics the planner would guess. */
export interface Way {
  readonly index: string
  /** What gives the dossiers, each once, where another table does. */
  readonly first?: string
  readonly where: readonly string[]
}

const among = (column: string, name: string) => `${column} IN (SELECT value FROM json_each(@${name}))`
const UNITS = `(${among('d.unit_id', 'units')} OR ${among('d.receiving_unit_id', 'units')} OR ${among('d.holder_unit_id', 'units')})`

/** Pending dossiers of the scope. */
export function pendingWay({ kind }: QueueScope): Way {
  if (kind === 'officers') return { index: 'dossiers_assigned', where: [among('d.assignee_id', 'officers')] }
  const where = {
    all: [],
    seen: [
      `(${UNITS} OR ${among('d.assignee_id', 'officers')} OR ${among('d.procedure_version_id', 'versions')})`,
    ],
    units: [among('d.unit_id', 'reach'), UNITS],
  }
  return { index: 'dossiers_pending', where: where[kind] }
}

/** Whoever hands over the result: of a unit that is no more, whoever holds it. */
export const RETURNING_UNIT = `CASE WHEN d.holder_unit_id IN (d.unit_id, d.receiving_unit_id) THEN d.receiving_unit_id
  ELSE d.holder_unit_id END`

/** Results to hand over. `handing`: the scope's units and those that are no more. */
export function resultsWay({ kind }: QueueScope): Way {
  const own = [among('d.receiving_unit_id', 'handing'), among(RETURNING_UNIT, 'units')]
  return { index: 'dossiers_to_return', where: kind === 'all' ? [] : own }
}

/** Submitted online, not received yet. */
export function submittedWay({ kind }: QueueScope): Way {
  return {
    index: 'dossiers_to_receive',
    where: kind === 'all' ? [] : [among('d.receiving_unit_id', 'units')],
  }
}

/**
 * Paper folders on their way to or from the scope: of units those from and to them; of officers what comes to them or to
 * their units as such, and what they sent. What was sent is met among all that is on its way, which is little at any time.
 */
export function transitWay({ kind }: QueueScope): Way {
  const folders = `SELECT f.dossier_id FROM hand_over_folders f INDEXED BY hand_over_folders_open
    CROSS JOIN hand_overs h ON h.id = f.hand_over_id WHERE f.received_at IS NULL AND f.recalled_at IS NULL`
  const toUnits = among('f.to_unit_id', 'units')
  const toThem = `${toUnits} AND (h.to_officer_id IS NULL OR ${among('h.to_officer_id', 'officers')})`
  const ends = {
    all: ['1'],
    units: [toUnits, `${among('h.from_unit_id', 'units')} AND NOT (${toUnits})`],
    officers: [toThem, `${among('h.sent_by_id', 'officers')} AND NOT (${toThem})`],
  }
  const each = ends[kind === 'seen' ? 'units' : kind].map((end) => `${folders} AND ${end}`)
  return { index: '', first: each.join(' UNION ALL '), where: [] }
}

/** Every dossier of the scope, ended ones too. */
export function everyWay(db: Db, scope: QueueScope): Way {
  return { index: '', where: scope.kind === 'all' ? [] : [seenAnywhere(db, seenOf(scope))] }
}

function seenOf(scope: QueueScope): Seen {
  return {
    unitIds: 'unitIds' in scope ? scope.unitIds : [],
    officerIds: 'officerIds' in scope ? scope.officerIds : [],
    procedureVersionIds: scope.kind === 'seen' ? scope.procedureVersionIds : [],
  }
}

/** What the conditions name. `closed`: units that are no more. */
export function scopeArgs(scope: QueueScope, closed: readonly number[]) {
  const seen = seenOf(scope)
  const { unitIds: units } = seen
  return {
    ...seenArgs(seen),
    units: JSON.stringify(units),
    reach: JSON.stringify(scope.kind === 'units' ? [...units, ...scope.through] : []),
    handing: JSON.stringify([...units, ...closed]),
    officers: JSON.stringify(seen.officerIds),
    versions: JSON.stringify(seen.procedureVersionIds),
  }
}
