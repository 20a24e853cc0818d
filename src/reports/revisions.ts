import type { Db } from '../../db/open.ts'
import { type SnapshotQuery, type SnapshotRow, snapshotChains } from '../../db/queries/snapshots.ts'
import type { Cell } from '../../db/queries/tallies.ts'
import { addTallies } from '../domain/counting/tally-sums.ts'
import { addCells } from './cells.ts'
import { type Figures, readBreakdown, readFigures } from './figures.ts'

/** A unit's figures of a closed period in one of its revisions, differences added up. */
export interface Revision
  extends Pick<
    SnapshotRow,
    | 'unitId'
    | 'revision'
    | 'throughChange'
    | 'closedAt'
    | 'takenAt'
    | 'formulaVersion'
    | 'calendarVersion'
    | 'hash'
  > {
  readonly figures: Figures
  /** Empty unless asked for. */
  readonly cells: readonly Cell[]
}

/** A revision of a closed period, unit by unit; empty when the period is not closed. */
export function readRevision(db: Db, query: SnapshotQuery): readonly Revision[] {
  const byUnit = Map.groupBy(snapshotChains(db, query), (row) => row.unitId)
  return [...byUnit.values()].map(addedUp)
}

/** A full snapshot and the differences after it. */
function addedUp(chain: readonly SnapshotRow[]): Revision {
  const figures = chain.map((row) => readFigures(row.figures))
  const cells = chain.flatMap((row) => readBreakdown(row.unitId, row.breakdown))
  const [full] = figures
  if (figures.length === 1) return { ...chain[0]!, figures: full!, cells }
  return {
    ...chain.at(-1)!,
    figures: {
      tally: addTallies(figures.map(({ tally }) => tally)),
      longOverdue: figures.reduce((sum, { longOverdue }) => sum + longOverdue, 0),
      rates: full!.rates,
    },
    cells: addCells(cells),
  }
}
