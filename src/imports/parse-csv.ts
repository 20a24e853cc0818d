import { RuleError } from '../domain/refusals.ts'

export const SEPARATORS = [',', ';', '\t', '|'] as const
export type Separator = (typeof SEPARATORS)[number]

/** Lines by which the separator is guessed. */
const SAMPLE_LINES = 20

/** The separator that stands most often, and equally often, in the first lines, outside quotes. */
export function guessSeparator(text: string): Separator {
  const lines = text
    .slice(0, 50_000)
    .replace(/"[^"]*"/g, '')
    .split(/\r\n|\n|\r/)
    .filter((line) => line.trim() !== '')
    .slice(0, SAMPLE_LINES)
  const score = (separator: Separator) => {
    const counts = lines.map((line) => line.split(separator).length - 1)
    const most = Math.max(0, ...counts)
    return most === 0 ? 0 : most * (counts.filter((n) => n === most).length / lines.length)
  }
  return SEPARATORS.reduce((best, next) => (score(next) > score(best) ? next : best))
}

/**
 * The records of a CSV text, fields as they stand, quotes undone (RFC 4180; a line break inside quotes is part of its
 * field). Throws `broken_csv` with the record in which a quote is never closed.
 */
export function parseCsv(text: string, separator: Separator): readonly (readonly string[])[] {
  const records: string[][] = []
  let record: string[] = []
  let at = 0
  while (at < text.length) {
    const quoted = text[at] === '"'
    const [field, next] = quoted ? quotedField(text, at, records.length + 1) : plainField(text, at, separator)
    at = next
    if (quoted) {
      // What stands between the closing quote and the separator belongs to the field.
      const [rest, after] = plainField(text, at, separator)
      record.push(field + rest)
      at = after
    } else record.push(field)
    if (text[at] === separator) {
      at += 1
      if (at === text.length) record.push('')
      else continue
    }
    if (at < text.length) at += text.startsWith('\r\n', at) ? 2 : 1
    records.push(record)
    record = []
  }
  if (record.length > 0) records.push(record)
  return records
}

function plainField(text: string, from: number, separator: Separator): readonly [string, number] {
  let at = from
  while (at < text.length) {
    const letter = text[at]
    if (letter === separator || letter === '\n' || letter === '\r') break
    at += 1
  }
  return [text.slice(from, at), at]
}

function quotedField(text: string, from: number, row: number): readonly [string, number] {
  let field = ''
  let start = from + 1
  for (;;) {
    const end = text.indexOf('"', start)
    if (end === -1) throw new RuleError('broken_csv', { row })
    field += text.slice(start, end)
    if (text[end + 1] !== '"') return [field, end + 1]
    field += '"'
    start = end + 2
  }
}
