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

/** Paper folders on their way to the scope's units. */
export function transitWay({ kind }: QueueScope): Way {
  const to = kind === 'all' ? '' : `AND ${among('to_unit_id', 'units')}`
  const folders = `SELECT dossier_id FROM hand_over_folders INDEXED BY hand_over_folders_open
    WHERE received_at IS NULL AND recalled_at IS NULL ${to}`
  return { index: '', where: [`d.id IN (${folders})`] }
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
