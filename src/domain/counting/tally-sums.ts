import { type Counter, FLOWS, RECEIVED_BY_CHANNEL, type Tally } from './tally.ts'

type Derived = 'openInTime' | 'resolved' | 'closed' | 'ended'

/** What is counted; the other counters of a tally follow from it. */
export type Counted = Exclude<Counter, Derived>

export const COUNTED: readonly Counted[] = [
  ...FLOWS,
  ...Object.values(RECEIVED_BY_CHANNEL),
  'carriedOver',
  'open',
  'openOverdue',
]

/** Every counter of a tally: the counted ones, then those that follow from them. */
export const COUNTERS: readonly Counter[] = [...COUNTED, 'openInTime', 'resolved', 'closed', 'ended']

const ZERO = Object.fromEntries(COUNTERS.map((counter) => [counter, 0])) as Tally

/**
 * A whole tally from what was counted; what is not given is 0, and D, X, E and Oi are derived.
 * Example: De 3, Do 2, Dl 3, one withdrawn in time gives D = 8, X = 1, E = 9.
 */
export function tallyOf(counted: Readonly<Partial<Record<Counted, number>>>): Tally {
  const tally: Record<Counter, number> = { ...ZERO }
  for (const counter of COUNTED) tally[counter] = counted[counter] ?? 0
  tally.resolved = tally.early + tally.onTime + tally.late
  tally.closed = tally.withdrawnInTime + tally.withdrawnLate + tally.stoppedInTime + tally.stoppedLate
  tally.ended = tally.resolved + tally.closed
  tally.openInTime = tally.open - tally.openOverdue
  return tally
}

/** The tally of nothing: 0 in every counter. */
export function emptyTally(): Tally {
  return { ...ZERO }
}

/**
 * The same flows with the stocks of the period: C carried over into it, O open at its end, Ol of these overdue.
 * Example: `withStocks(flows, { carriedOver: 3, open: 4, openOverdue: 1 })` has Oi = 3.
 */
export function withStocks(
  tally: Tally,
  stocks: Readonly<Pick<Tally, 'carriedOver' | 'open' | 'openOverdue'>>,
): Tally {
  return tallyOf({ ...tally, ...stocks })
}

/**
 * The tally of a parent in the same period: the sum of its parts, counter by counter, stocks included.
 * For periods that follow each other use `joinPeriods`: stocks of two weeks must not be added.
 */
export function addTallies(tallies: readonly Tally[]): Tally {
  const sum: Record<Counter, number> = { ...ZERO }
  for (const tally of tallies) for (const counter of COUNTERS) sum[counter] += tally[counter]
  return sum
}

/**
 * The tally of one scope over periods that follow each other without a gap: flows are added, C is that of the
 * first and O, Ol, Oi are those of the last. Example: four weeks make 28 days; C of the first Monday stays.
 */
export function joinPeriods(tallies: readonly Tally[]): Tally {
  const [first, last] = [tallies.at(0), tallies.at(-1)]
  if (!first || !last) return emptyTally()
  const { open, openOverdue } = last
  return withStocks(addTallies(tallies), { carriedOver: first.carriedOver, open, openOverdue })
}
