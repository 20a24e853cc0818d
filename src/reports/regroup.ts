import type { Db } from '../../db/open.ts'
import type { Attribution, Cell, Place, TallyRow } from '../../db/queries/tallies.ts'
import { catalogueOf } from '../catalogue/catalogue.ts'
import type { Tally } from '../domain/counting/tally.ts'
import { addTallies, tallyOf } from '../domain/counting/tally-sums.ts'
import type { ReportGrain } from './report.ts'

/** Cells of a stored breakdown summed to the rows of a table. */
export function regroup(
  db: Db,
  cells: readonly Cell[],
  by: ReportGrain,
  attribution: Attribution,
): readonly TallyRow[] {
  const catalogue = catalogueOf(db)
  const keyOf = {
    unit: (place: Place) => (attribution === 'resolving' ? place.unitId : place.receivingUnitId),
    field: (place: Place) => catalogue.procedureById.get(place.procedureId)?.fieldId ?? 0,
    procedure: (place: Place) => place.procedureId,
    channel: (place: Place) => place.channel,
    officer: (place: Place) => place.officerId,
  } as const satisfies Record<ReportGrain, (place: Place) => number>
  const groups = Map.groupBy(cells, ({ place }) => keyOf[by](place))
  return [...groups].map(([id, rows]) => {
    const tally = addTallies(rows.map((row) => row.tally))
    return { id, tally: by === 'officer' ? handOversAsTransfers(tally) : tally }
  })
}

function handOversAsTransfers(tally: Tally): Tally {
  return tallyOf({
    ...tally,
    transferredIn: tally.transferredIn + tally.handedIn,
    transferredOut: tally.transferredOut + tally.handedOut,
    handedIn: 0,
    handedOut: 0,
  })
}
