import { formatCount } from '../domain/counting/rate-format.ts'
import type { Rate } from '../domain/counting/rates.ts'
import { fraction, multiply, roundHalfUp, subtract } from '../domain/fraction.ts'

/** How a figure moved since the period before; null when there is nothing to compare with. */
export interface Change {
  readonly direction: 'up' | 'down' | 'same'
  /** 'thêm 12', 'giảm 1,25 điểm %' */
  readonly text: string
}

export function countChange(now: number, before: number): Change {
  const difference = now - before
  if (difference === 0) return { direction: 'same', text: 'bằng kỳ trước' }
  return difference > 0
    ? { direction: 'up', text: `thêm ${formatCount(difference)}` }
    : { direction: 'down', text: `bớt ${formatCount(-difference)}` }
}

/** In percentage points, two decimals, compared as fractions: a difference too small to print is still one. */
export function rateChange(now: Rate | null, before: Rate | null): Change | null {
  if (now === null || before === null) return null
  const difference = subtract(
    fraction(now.numerator, now.denominator),
    fraction(before.numerator, before.denominator),
  )
  if (difference.numerator === 0n) return { direction: 'same', text: 'bằng kỳ trước' }
  const points = roundHalfUp(multiply(difference, fraction(100)), 2)
  const size = points === 0 ? 'dưới 0,01' : Math.abs(points).toFixed(2).replace('.', ',')
  const up = difference.numerator > 0n
  return { direction: up ? 'up' : 'down', text: `${up ? 'tăng' : 'giảm'} ${size} điểm %` }
}
