import { RECOUNTED, type Recounted, type RecountRow, recount } from '../../db/queries/recount.ts'
import { tallyCells } from '../../db/queries/tallies.ts'
import type { Deps } from '../deps.ts'
import { addDays, type LocalDay } from '../domain/calendar/day.ts'
import type { Tally } from '../domain/counting/tally.ts'
import { addTallies, emptyTally } from '../domain/counting/tally-sums.ts'

/** One counter of one place that the cells and the dossiers tell differently. */
export interface Difference {
  readonly unitId: number
  readonly procedureId: number
  /** Index into CHANNELS. */
  readonly channel: number
  readonly counter: Recounted
  readonly inCells: number
  readonly inDossiers: number
}

export interface Recount {
  /** Places compared. */
  readonly places: number
  readonly differences: readonly Difference[]
}

/**
 * Counts a period from the dossiers, by definition, and holds the day cells against it. Both are read in one
 * transaction, so that work going on meanwhile makes no difference.
 */
export function recountPeriod(
  { db }: Pick<Deps, 'db'>,
  { from, to }: { from: LocalDay; to: LocalDay },
): Recount {
  const read = db.transaction(() => ({
    dossiers: recount(db, { from, to, before: addDays(from, -1) }),
    cells: tallyCells(db, { from, to, unitIds: null }),
  }))
  const { dossiers, cells } = read()
  const keyOf = (place: Place) => `${place.unitId}|${place.procedureId}|${place.channel}`
  const cellsByPlace = Map.groupBy(cells, ({ place }) => keyOf(place))
  const dossiersByPlace = new Map(dossiers.map((row) => [keyOf(row), row]))
  const keys = [...new Set([...cellsByPlace.keys(), ...dossiersByPlace.keys()])].sort()
  const differences = keys.flatMap((key) => {
    const rows = cellsByPlace.get(key) ?? []
    const tally = addTallies(rows.map((row) => row.tally))
    const place = dossiersByPlace.get(key) ?? rows[0]!.place
    return compare(place, tally, dossiersByPlace.get(key) ?? emptyTally())
  })
  return { places: keys.length, differences }
}

type Place = Pick<RecountRow, 'unitId' | 'procedureId' | 'channel'>

function compare(
  place: Place,
  inCells: Tally,
  inDossiers: Pick<RecountRow, Recounted>,
): readonly Difference[] {
  const { unitId, procedureId, channel } = place
  return RECOUNTED.filter((counter) => inCells[counter] !== inDossiers[counter]).map((counter) => ({
    unitId,
    procedureId,
    channel,
    counter,
    inCells: inCells[counter],
    inDossiers: inDossiers[counter],
  }))
}
