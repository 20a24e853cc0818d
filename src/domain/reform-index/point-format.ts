import { NOTHING_TO_MEASURE } from '../counting/rate-format.ts'
import { decimal, divideHalfUp, type Fraction } from '../fraction.ts'

/**
 * Points or a score of the index as printed in Vietnamese, two decimals half up: 5.92 is `5,92`, 7 is `7,00`,
 * null (not applicable) is `–`. Throws RangeError for NaN.
 */
export function formatPoints(points: number | Fraction | null): string {
  if (points === null) return NOTHING_TO_MEASURE
  const exact = typeof points === 'number' ? decimal(points) : points
  const hundredths = divideHalfUp(exact.numerator * 100n, exact.denominator)
  const digits = String(hundredths < 0n ? -hundredths : hundredths).padStart(3, '0')
  return `${hundredths < 0n ? '-' : ''}${digits.slice(0, -2)},${digits.slice(-2)}`
}
