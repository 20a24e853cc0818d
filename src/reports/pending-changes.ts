import type { Db } from '../../db/open.ts'
import { type LateChange, lateChanges } from '../../db/queries/late-changes.ts'
import type { Tally } from '../domain/counting/tally.ts'
import { addTallies } from '../domain/counting/tally-sums.ts'
import { changedCells } from './cells.ts'
import { eventsWhose } from './late-events.ts'
import type { ClosedDays } from './next-revision.ts'
import { revisedChange } from './revise-periods.ts'
import type { Revision } from './revisions.ts'

/** What was changed of a unit's period and waits for the next night. */
export interface Pending {
  readonly tally: Tally
  readonly eventIds: readonly number[]
}

/** By unit, what is in none of the newest revisions of a closed period yet; a unit of which nothing changed is left out. */
export function pendingChanges(
  db: Db,
  period: ClosedDays,
  newest: readonly Revision[],
): ReadonlyMap<number, Pending> {
  const through = new Map(newest.map((row) => [row.unitId, row.throughChange]))
  const span = { after: revisedChange(db), through: Number.MAX_SAFE_INTEGER }
  const isPending = ({ id, unitId }: LateChange) => id > (through.get(unitId) ?? 0)
  const byUnit = Map.groupBy(lateChanges(db, span, period.to).filter(isPending), (change) => change.unitId)
  const pending = [...byUnit].flatMap(([unitId, changes]): [number, Pending][] => {
    const cells = changedCells(changes, period)
    if (cells.length === 0) return []
    const tally = addTallies(cells.map((cell) => cell.tally))
    return [
      [unitId, { tally, eventIds: eventsWhose(changes, (own) => changedCells(own, period).length > 0) }],
    ]
  })
  return new Map(pending)
}
