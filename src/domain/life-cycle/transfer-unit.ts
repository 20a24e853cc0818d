import type { LocalDay } from '../calendar/day.ts'
import type { Dossier } from './dossier.ts'

/** Where a reorganisation puts a dossier, from the morning of `on`. */
export interface UnitMove {
  readonly on: LocalDay
  readonly unitId: number
  readonly receivingUnitId: number
  readonly holderUnitId: number
  /** The officer who has it holds a post in the new unit on that day. */
  readonly keepsAssignee: boolean
}

/**
 * A dossier after its unit was reorganised: units and officer, nothing else. Code, due dates, appointment, clock,
 * pauses and steps are the promise given to the citizen and stay; so does the moment of the last act, that what
 * happened before the day can still be entered. One that had ended before the day keeps its units, for it is counted
 * there: a result waiting to be handed over changes hands only. The same dossier comes back where nothing moves.
 * Example: pending at unit 4, moved to 9 on 2025-07-01 → `unitId` 9, `unitSince` '2025-07-01', `dueAt` as before.
 */
export function transferUnit(dossier: Dossier, move: UnitMove): Dossier {
  const { on, unitId, receivingUnitId, holderUnitId } = move
  const hands = dossier.holderUnitId === holderUnitId ? dossier : { ...dossier, holderUnitId }
  if (endedBefore(dossier, on)) return dossier.state === 'result_ready' ? hands : dossier
  if (dossier.unitId === unitId && dossier.receivingUnitId === receivingUnitId) return hands
  return {
    ...hands,
    unitId,
    receivingUnitId,
    unitSince: on,
    assigneeId: move.keepsAssignee ? dossier.assigneeId : null,
  }
}

/** Refused at intake counts as an end: it is in a column of that day. */
function endedBefore({ endedOn, refusedIntakeOn }: Dossier, day: LocalDay): boolean {
  const last = endedOn ?? refusedIntakeOn
  return last !== null && last < day
}
