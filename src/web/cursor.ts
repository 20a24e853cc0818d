import { RuleError } from '../domain/refusals.ts'

/** Where a page ended: the sort keys of its last row, whole numbers. */
export function cursorOf(keys: readonly number[]): string {
  return keys.join('.')
}

/** The keys of a cursor of `length` keys; throws `invalid_cursor` for anything else. */
export function readCursor(text: string, length: number): readonly number[] {
  const keys = text.split('.').map((part) => (/^\d{1,15}$/.test(part) ? Number(part) : Number.NaN))
  if (keys.length !== length || keys.some(Number.isNaN))
    throw new RuleError('invalid_cursor', { cursor: text })
  return keys
}
