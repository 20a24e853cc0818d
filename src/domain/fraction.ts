/**
 * An exact fraction: `denominator` is positive, the fraction is in lowest terms. Points of the index are kept
 * so until the final score, because a threshold is compared with the unrounded rate (95 % is not 94.999 %).
 * It holds BigInts: turn it into a number with `roundHalfUp` before it leaves the rules.
 */
export interface Fraction {
  readonly numerator: bigint
  readonly denominator: bigint
}

export const ZERO: Fraction = { numerator: 0n, denominator: 1n }

/** `numerator / denominator` of two integers. Throws RangeError for a non-integer or a denominator of 0. */
export function fraction(numerator: number | bigint, denominator: number | bigint = 1): Fraction {
  const above = BigInt(numerator)
  const below = BigInt(denominator)
  if (below === 0n) throw new RangeError('a fraction needs a denominator other than 0')
  const divisor = greatestCommonDivisor(above, below) * (below < 0n ? -1n : 1n)
  return { numerator: above / divisor, denominator: below / divisor }
}

/** The decimal number exactly as it is written: `decimal(0.25)` is 1/4. Throws RangeError for NaN or 1e-7. */
export function decimal(value: number): Fraction {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(String(value))
  if (!match) throw new RangeError(`${value} is not a plain decimal number`)
  const [, sign, whole, decimals = ''] = match
  return fraction(BigInt(`${sign}${whole}${decimals}`), 10n ** BigInt(decimals.length))
}

/** a + b, exactly. */
export function add(a: Fraction, b: Fraction): Fraction {
  return fraction(a.numerator * b.denominator + b.numerator * a.denominator, a.denominator * b.denominator)
}

/** a − b, exactly. */
export function subtract(a: Fraction, b: Fraction): Fraction {
  return fraction(a.numerator * b.denominator - b.numerator * a.denominator, a.denominator * b.denominator)
}

/** a × b, exactly. */
export function multiply(a: Fraction, b: Fraction): Fraction {
  return fraction(a.numerator * b.numerator, a.denominator * b.denominator)
}

/** a : b, exactly. Throws RangeError when b is 0. */
export function over(a: Fraction, b: Fraction): Fraction {
  return fraction(a.numerator * b.denominator, a.denominator * b.numerator)
}

/** Negative, 0 or positive as a is less than, equal to or greater than b. */
export function compareFractions(a: Fraction, b: Fraction): number {
  const difference = a.numerator * b.denominator - b.numerator * a.denominator
  return difference === 0n ? 0 : difference < 0n ? -1 : 1
}

/** a, but not below `low` nor above `high`. */
export function clamp(a: Fraction, low: Fraction, high: Fraction): Fraction {
  if (compareFractions(a, low) < 0) return low
  return compareFractions(a, high) > 0 ? high : a
}

/** The sum of all, 0 for none. */
export function sum(fractions: readonly Fraction[]): Fraction {
  return fractions.reduce(add, ZERO)
}

/** The greatest integer not above a. */
export function floor(a: Fraction): bigint {
  const quotient = a.numerator / a.denominator
  return a.numerator < 0n && quotient * a.denominator !== a.numerator ? quotient - 1n : quotient
}

/** a rounded half up (away from 0) to `decimals`: 1/8 to two decimals is 0.13. */
export function roundHalfUp(a: Fraction, decimals: number): number {
  const scale = 10n ** BigInt(decimals)
  const hundredths = divideHalfUp(a.numerator * scale, a.denominator)
  const digits = String(hundredths < 0n ? -hundredths : hundredths).padStart(decimals + 1, '0')
  const whole = digits.slice(0, digits.length - decimals)
  return Number(`${hundredths < 0n ? '-' : ''}${whole}.${digits.slice(digits.length - decimals)}`)
}

/** The integer nearest to `numerator / denominator` (positive denominator), halves away from 0. */
export function divideHalfUp(numerator: bigint, denominator: bigint): bigint {
  const size = numerator < 0n ? -numerator : numerator
  const rounded = (2n * size + denominator) / (2n * denominator)
  return numerator < 0n ? -rounded : rounded
}

function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  let [greater, smaller] = [a < 0n ? -a : a, b < 0n ? -b : b]
  while (smaller > 0n) [greater, smaller] = [smaller, greater % smaller]
  return greater
}
