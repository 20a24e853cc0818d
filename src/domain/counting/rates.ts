import type { LocalDay } from '../calendar/day.ts'
import type { Counter, Tally } from './tally.ts'

/** One counter of a numerator or a denominator, added or taken away. */
export interface Term {
  readonly counter: Counter
  readonly sign: 1 | -1
}

export type RateKind =
  | 'on_time'
  | 'online'
  | 'digitisation'
  | 'e_result'
  | 'payment'
  | 'apology'
  | 'timeliness'
  | 'receipt'

/**
 * One definition of a rate, as data: which counters stand above and below the line.
 * Provinces use different denominators under the same name, so each definition has a code and is printed with it.
 */
export interface RateVariant {
  readonly code: string
  readonly kind: RateKind
  /** What the user reads. */
  readonly name: string
  /** The fraction in words, for the note under a table. */
  readonly formula: string
  readonly numerator: readonly Term[]
  readonly denominator: readonly Term[]
  readonly source: string
  /** The formula was read in its source; false: reconstructed, or observed from outside. */
  readonly verified: boolean
  readonly validFrom?: LocalDay
  readonly validTo?: LocalDay
}

/** A rate is kept as its two integers; it is divided only to be drawn, and printed by `formatRate`. */
export interface Rate {
  readonly numerator: number
  readonly denominator: number
  /** Some of what it judges is not decided yet; the figure will still move. */
  readonly provisional?: true
}

/** Under this denominator a rate is printed as a fraction and its unit is not ranked. */
export const MINIMUM_DENOMINATOR = 5

/**
 * The rate of a tally by one definition, or null when the denominator is 0: nothing to measure,
 * which is neither 0 % nor 100 %.
 * Example: V1 of March 2023 with De 3, Do 2, Dl 3 is 5/8; V1 of a week without a result is null.
 */
export function rate(variant: Pick<RateVariant, 'numerator' | 'denominator'>, tally: Tally): Rate | null {
  const denominator = total(variant.denominator, tally)
  return denominator === 0 ? null : { numerator: total(variant.numerator, tally), denominator }
}

/**
 * The rate as a number, for a chart or a colour: 5/8 is 0.625; null stays null. This is the only division of
 * a numerator by a denominator; nothing is compared or printed by it.
 */
export function ratio(rate: Rate | null): number | null {
  return rate === null || rate.denominator === 0 ? null : rate.numerator / rate.denominator
}

/**
 * Orders rates from the lowest to the highest, by their fractions and never by their rounded text
 * (9999/10000 is above 99989/100000 although both print 99,99 %); null comes last.
 */
export function compareRates(a: Rate | null, b: Rate | null): number {
  if (a === null || b === null) return nullLast(a, b)
  const difference = BigInt(a.numerator) * BigInt(b.denominator) - BigInt(b.numerator) * BigInt(a.denominator)
  return difference === 0n ? 0 : difference < 0n ? -1 : 1
}

/** Orders rates from the highest to the lowest, as a ranking does; null comes last here too. */
export function compareRatesBestFirst(a: Rate | null, b: Rate | null): number {
  return a === null || b === null ? nullLast(a, b) : compareRates(b, a)
}

/**
 * Whether a rate is large enough to be ranked: the denominator is at least `minimumDenominator` dossiers.
 * Example: 4/4 is not ranked, 4/5 is.
 */
export function isRanked(rate: Rate | null, minimumDenominator = MINIMUM_DENOMINATOR): boolean {
  return rate !== null && rate.denominator >= minimumDenominator
}

/**
 * The rate of a parent: Σ numerators / Σ denominators, never the mean of percentages; null when nothing
 * was measured in any part. Example: 1/2 and 97/98 and null make 98/100.
 */
export function sumRates(rates: readonly (Rate | null)[]): Rate | null {
  const measured = rates.filter((each) => each !== null)
  const denominator = measured.reduce((sum, each) => sum + each.denominator, 0)
  if (denominator === 0) return null
  const numerator = measured.reduce((sum, each) => sum + each.numerator, 0)
  const provisional = measured.some((each) => each.provisional)
  return { numerator, denominator, ...(provisional && { provisional: true as const }) }
}

function total(terms: readonly Term[], tally: Tally): number {
  return terms.reduce((sum, { counter, sign }) => sum + sign * tally[counter], 0)
}

function nullLast(a: Rate | null, b: Rate | null): number {
  return Number(a === null) - Number(b === null)
}
