import type { LocalDay } from '../calendar/day.ts'
import { STOCK_EFFECT } from './contributions.ts'
import { CHANNELS, type Flow, RECEIVED_BY_CHANNEL, type Tally } from './tally.ts'
import { type Counted, tallyOf } from './tally-sums.ts'

/** What was added to one flow of a day, or taken away. */
export interface DayChange {
  readonly day: LocalDay
  /** Index into CHANNELS. */
  readonly channel: number
  readonly flow: Flow
  readonly n: number
}

/**
 * What changes of single days make of the tally of a period, counter by counter, signed: days of the period move its
 * flows, these and all earlier days its stocks; later days are left out.
 * Example: one dossier received before the period adds 1 to C and to O; received in it, 1 to R and to O.
 */
export function changeOfPeriod(
  changes: Iterable<DayChange>,
  { from, to }: { readonly from: LocalDay; readonly to: LocalDay },
): Tally {
  const sums: Partial<Record<Counted, number>> = {}
  const add = (counter: Counted, n: number) => {
    sums[counter] = (sums[counter] ?? 0) + n
  }
  for (const { day, channel, flow, n } of changes) {
    if (day > to) continue
    const stock = n * ((STOCK_EFFECT as Partial<Record<Flow, number>>)[flow] ?? 0)
    add('open', stock)
    if (flow === 'overdueDelta') add('openOverdue', n)
    if (day < from) add('carriedOver', stock)
    else add(flow, n)
    if (day >= from && flow === 'received') add(RECEIVED_BY_CHANNEL[CHANNELS[channel]!], n)
  }
  return tallyOf(sums)
}
