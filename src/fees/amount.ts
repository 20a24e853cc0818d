import { RuleError } from '../domain/refusals.ts'
import { wholeDigits } from '../web/whole-digits.ts'

const MOST = 9_999_999_999

/**
 * Đồng as people type it: '35.000', '35 000', '35000 đ'. Refuses (`invalid_amount`) anything else, a part of a đồng
 * ('35.000,00') too; `undefined` for nothing.
 */
export function readAmount(text: string): number | undefined {
  const digits = wholeDigits(text.replace(/(đồng|đ|d|vnd)\s*$/i, ''))
  if (digits === '') return undefined
  const amount = digits === null ? Number.NaN : Number(digits)
  if (!(amount <= MOST)) throw new RuleError('invalid_amount', { value: text })
  return amount
}

const DIGITS = ['không', 'một', 'hai', 'ba', 'bốn', 'năm', 'sáu', 'bảy', 'tám', 'chín'] as const
const GROUPS = ['', 'nghìn', 'triệu', 'tỷ'] as const

/** A sum in words, as a receipt needs it. Example: 35000 → 'ba mươi lăm nghìn đồng'. */
export function amountInWords(amount: number): string {
  const groups: number[] = []
  for (let rest = amount; rest > 0; rest = Math.floor(rest / 1000)) groups.push(rest % 1000)
  const words = groups
    .map((group, place) =>
      group === 0 ? '' : `${threeDigits(group, place < groups.length - 1)} ${GROUPS[place]}`.trim(),
    )
    .toReversed()
    .filter((text) => text !== '')
  return `${words.join(' ') || 'không'} đồng`
}

/** `inner`: other groups stand before it, so an empty hundred is said. */
function threeDigits(n: number, inner: boolean): string {
  const [hundreds, tens, ones] = [Math.floor(n / 100), Math.floor(n / 10) % 10, n % 10]
  const parts: string[] = []
  if (hundreds > 0 || inner) parts.push(DIGITS[hundreds]!, 'trăm')
  if (tens > 1) parts.push(DIGITS[tens]!, 'mươi')
  else if (tens === 1) parts.push('mười')
  else if (ones > 0 && parts.length > 0) parts.push('lẻ')
  if (ones > 0) parts.push(onesWord(tens, ones))
  return parts.join(' ')
}

function onesWord(tens: number, ones: number): string {
  if (ones === 1 && tens > 1) return 'mốt'
  if (ones === 5 && tens > 0) return 'lăm'
  return DIGITS[ones]!
}
