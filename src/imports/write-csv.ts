import { PAUSE_COLUMNS } from './columns.ts'
import type { ExportedLine } from './export-register.ts'
import { guarded } from './formula-guard.ts'

/** So that a spreadsheet takes the file for UTF-8. */
const BYTE_ORDER_MARK = '\ufeff'

/** The register as CSV, slice by slice: UTF-8, comma. */
export function* registerCsv(slices: Iterable<readonly ExportedLine[]>): Generator<string> {
  yield BYTE_ORDER_MARK
  for (const slice of slices) yield slice.map(({ cells }) => csvLine(cells)).join('')
}

/** The second file of the same register: its pauses before the last ones. */
export function* pausesCsv(slices: Iterable<readonly ExportedLine[]>): Generator<string> {
  yield BYTE_ORDER_MARK + csvLine(PAUSE_COLUMNS)
  for (const slice of slices) yield slice.flatMap(({ earlier }) => earlier.map(csvLine)).join('')
}

/** A line of CSV (RFC 4180), with nothing in it that a spreadsheet would take for a formula. */
export function csvLine(fields: readonly string[]): string {
  return `${fields.map(csvField).join(',')}\r\n`
}

function csvField(field: string): string {
  const text = guarded(field)
  return /[",\r\n;]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
