import { divideHalfUp } from '../fraction.ts'
import { MINIMUM_DENOMINATOR, type Rate } from './rates.ts'

/** Printed where there was nothing to measure. */
export const NOTHING_TO_MEASURE = '–'

export interface RateFormat {
  /** Decimals of the percentage: 2 in tables, 1 in chart titles. */
  readonly decimals?: number
  /** Under this denominator the fraction is printed instead; 1 always prints a percentage. */
  readonly minimumDenominator?: number
}

/**
 * A rate as it is printed in Vietnamese: `70,54 %`, or `2/3` under a denominator of 5, or `–` for null.
 * Rounded half up by integers; `100,00 %` and `0,00 %` stand only for exactly all and exactly none, so that
 * 99 999 of 100 000 prints `99,99 %`. Above 100 % it is printed as it is (possible where cohorts mix: V4).
 */
export function formatRate(rate: Rate | null, options: RateFormat = {}): string {
  const { decimals = 2, minimumDenominator = MINIMUM_DENOMINATOR } = options
  if (rate === null || rate.denominator === 0) return NOTHING_TO_MEASURE
  if (rate.denominator < minimumDenominator) return formatFraction(rate)
  return `${decimalText(percentSteps(rate, decimals), decimals)} %`
}

/** The fraction itself: `1.598/8.455`. */
export function formatFraction(rate: Rate): string {
  return `${formatCount(rate.numerator)}/${formatCount(rate.denominator)}`
}

/** An integer with the Vietnamese separator of thousands: 1234 is `1.234`. Throws RangeError for 1.5. */
export function formatCount(n: number): string {
  return grouped(BigInt(n))
}

/** The percentage in units of its last decimal, never on 0 or 100 % unless it is exactly that. */
function percentSteps(rate: Rate, decimals: number): bigint {
  const [numerator, denominator] = [BigInt(rate.numerator), BigInt(rate.denominator)]
  const whole = 100n * 10n ** BigInt(decimals)
  const steps = divideHalfUp(numerator * whole, denominator)
  if (steps === 0n && numerator !== 0n) return numerator > 0n ? 1n : -1n
  if (steps === whole && numerator !== denominator) return numerator < denominator ? whole - 1n : whole + 1n
  return steps
}

function decimalText(steps: bigint, decimals: number): string {
  const scale = 10n ** BigInt(decimals)
  const size = steps < 0n ? -steps : steps
  const fractionDigits = decimals === 0 ? '' : `,${String(size % scale).padStart(decimals, '0')}`
  return `${steps < 0n ? '-' : ''}${grouped(size / scale)}${fractionDigits}`
}

function grouped(n: bigint): string {
  return String(n).replace(/\B(?=(\d{3})+$)/g, '.')
}
