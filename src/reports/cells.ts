import type { LateChange } from '../../db/queries/late-changes.ts'
import type { Cell, Place } from '../../db/queries/tallies.ts'
import type { Period } from '../domain/calendar/periods.ts'
import { changeOfPeriod } from '../domain/counting/period-changes.ts'
import { addTallies, COUNTERS } from '../domain/counting/tally-sums.ts'

/** Cells of the same place added up; a place where nothing is left has no cell. */
export function addCells(cells: readonly Cell[]): readonly Cell[] {
  const byPlace = Map.groupBy(cells, ({ place }) => keyOf(place))
  const sums = [...byPlace.values()].map(([first, ...others]): Cell => {
    if (others.length === 0) return first!
    return { ...first!, tally: addTallies([first!, ...others].map(({ tally }) => tally)) }
  })
  return sums.filter(({ tally }) => COUNTERS.some((counter) => tally[counter] !== 0))
}

/** What late changes make of a period, place by place; empty where they come to nothing. */
export function changedCells(
  changes: readonly LateChange[],
  period: Pick<Period, 'from' | 'to'>,
): readonly Cell[] {
  const byPlace = Map.groupBy(changes, keyOf)
  return addCells(
    [...byPlace.values()].map((rows) => ({
      id: 0,
      place: rows[0]!,
      tally: changeOfPeriod(rows, period),
    })),
  )
}

function keyOf({ unitId, receivingUnitId, procedureId, channel, officerId }: Place): string {
  return `${unitId}|${receivingUnitId}|${procedureId}|${channel}|${officerId}`
}
