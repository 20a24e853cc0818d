/** What a spreadsheet takes for the beginning of a formula, also in the wide letters of Asian keyboards. */
const FORMULA = '[=+\\-@\\t\\r\\n＝＋－＠]'

/**
 * Where a cell begins: at the start, and where a spreadsheet splits that takes another sign for the separator (quotes do
 * not hold it back then, and two of them are nothing).
 */
const CELL = '(?<=^|[;\\t\\r\\n])'

const DANGEROUS = new RegExp(`${CELL}(?=['"]*${FORMULA})`, 'g')
const GUARDED = new RegExp(`${CELL}'(?=['"]*${FORMULA})`, 'g')

/**
 * The text with an apostrophe before whatever a spreadsheet would run, which `withoutGuard` takes off again. Example:
 * `=1+1` → `'=1+1`, `a;=1+1` → `a;'=1+1`.
 */
export function guarded(text: string): string {
  return text.replace(DANGEROUS, "'")
}

/** The text that `guarded` was given. */
export function withoutGuard(text: string): string {
  return text.replace(GUARDED, '')
}
