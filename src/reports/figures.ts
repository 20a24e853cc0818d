import { createHash } from 'node:crypto'
import type { Cell } from '../../db/queries/tallies.ts'
import type { Tally } from '../domain/counting/tally.ts'
import { COUNTERS, type Counted, tallyOf } from '../domain/counting/tally-sums.ts'
import type { IndexedRates } from './indexed-rates.ts'

/** What a snapshot stores of a unit, in canonical JSON: keys sorted, zeros left out. */
export interface Figures {
  readonly tally: Tally
  /** Pending overdue for more than five working days at the end of the period. */
  readonly longOverdue: number
  /** Rates that the tally cannot give, as they stood at the closing. */
  readonly rates: IndexedRates
}

/** One cell of a breakdown: [procedure id, channel index, officer id, receiving unit id, counters that are not 0]. */
export type BreakdownCell = readonly [
  number,
  number,
  number,
  number,
  Readonly<Partial<Record<string, number>>>,
]

/** What a difference row stores: what is to be added to the figures of the revision before it. */
export type FiguresDifference = Omit<Figures, 'rates'>

export function figuresText({ longOverdue, rates, tally }: Figures): string {
  return JSON.stringify({ longOverdue, rates: { PS: rates.PS, V5: rates.V5 }, tally: nonZero(tally) })
}

export function differenceText({ longOverdue, tally }: FiguresDifference): string {
  return JSON.stringify({ longOverdue, tally: nonZero(tally) })
}

/** Of a difference row the rates are missing. */
export function readFigures(text: string): Figures {
  const stored = JSON.parse(text) as Omit<Figures, 'tally'> & { tally: Partial<Record<Counted, number>> }
  return { ...stored, tally: tallyOf(stored.tally) }
}

export function breakdownText(rows: readonly Cell[]): string {
  const cells = rows.map(({ place, tally }): BreakdownCell => {
    const { procedureId, channel, officerId, receivingUnitId } = place
    return [procedureId, channel, officerId, receivingUnitId, nonZero(tally)]
  })
  cells.sort((a, b) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2] || a[3] - b[3])
  return JSON.stringify(cells)
}

export function readBreakdown(unitId: number, text: string): readonly Cell[] {
  return (JSON.parse(text) as readonly BreakdownCell[]).map(
    ([procedureId, channel, officerId, receivingUnitId, counters]) => ({
      id: 0,
      place: { unitId, receivingUnitId, procedureId, channel, officerId },
      tally: tallyOf(counters),
    }),
  )
}

export interface Hashed {
  readonly periodKey: string
  readonly unitId: number
  readonly figures: string
  readonly breakdown: string
  /** Hash of the unit's revision before this one and why there is another; null in revision 1. */
  readonly follows: { readonly hash: string | null; readonly cause: string } | null
}

/**
 * Hash of a revision: SHA-256 of the period, the unit and both canonical texts. A later revision's covers the hash of
 * the one before it and the events it takes up, so that none can be changed or taken out unseen.
 */
export function figuresHash({ periodKey, unitId, figures, breakdown, follows }: Hashed): string {
  const chain = follows === null ? '' : `\n${follows.hash ?? ''}\n${follows.cause}`
  return createHash('sha256')
    .update(`${periodKey}\n${unitId}\n${figures}\n${breakdown}${chain}`)
    .digest('hex')
}

/** Counters in the order of their names, without zeros: equal tallies give equal text. */
function nonZero(tally: Tally): Readonly<Partial<Record<string, number>>> {
  const derived = new Set(['openInTime', 'resolved', 'closed', 'ended'])
  const entries = COUNTERS.filter((counter) => !derived.has(counter) && tally[counter] !== 0)
    .sort()
    .map((counter) => [counter, tally[counter]])
  return Object.fromEntries(entries)
}
