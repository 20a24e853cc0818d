import { RuleError } from '../domain/refusals.ts'
import { decodeText, undoOldFont } from '../imports/decode-text.ts'
import { fileKind } from '../imports/file-kind.ts'
import { withoutGuard } from '../imports/formula-guard.ts'
import { guessSeparator, parseCsv } from '../imports/parse-csv.ts'
import { readWorkbook } from '../imports/read-workbook.ts'
import {
  mapProcedureHeaders,
  NEEDED_COLUMNS,
  PROCEDURE_COLUMNS,
  type ProcedureColumn,
} from './sheet-columns.ts'

/** A row of the file: what its cells say, by column; a column that the file has not is missing. */
export interface SheetRow {
  /** As the spreadsheet numbers it, from 1. */
  readonly row: number
  readonly cells: Readonly<Partial<Record<ProcedureColumn, string>>>
}

type Cells = readonly (readonly string[])[]

/** The rows of a sheet of procedures, CSV or Excel. Throws what readers of files throw, `procedure_columns_missing`, `procedure_sheet_empty`. */
export function readProcedureSheet(bytes: Buffer): readonly SheetRow[] {
  if (bytes.length === 0) throw new RuleError('empty_file')
  const kind = fileKind(bytes)
  if (kind === null) throw new RuleError('unknown_file_kind')
  const cells = kind === 'excel' ? fullestSheet(bytes) : ofText(bytes)
  const { headerRow, columns } = mapProcedureHeaders(cells)
  const missing = NEEDED_COLUMNS.filter((column) => !columns.includes(column))
  if (missing.length > 0)
    throw new RuleError('procedure_columns_missing', {
      columns: missing.map((column) => `“${PROCEDURE_COLUMNS[column].label}”`).join(', '),
    })
  const rows = cells.slice(headerRow).flatMap((row, index): SheetRow[] => {
    if (row.every((cell) => cell.trim() === '')) return []
    const named = columns.flatMap((column, place) =>
      column === null ? [] : [[column, (row[place] ?? '').trim()] as const],
    )
    return [{ row: headerRow + 1 + index, cells: Object.fromEntries(named) }]
  })
  if (rows.length === 0) throw new RuleError('procedure_sheet_empty')
  return rows
}

function ofText(bytes: Buffer): Cells {
  const { text } = decodeText(bytes, undefined)
  return parseCsv(text, guessSeparator(text)).map((row) => row.map((field) => withoutGuard(field.trim())))
}

function fullestSheet(bytes: Buffer): Cells {
  const known = (rows: Cells) => mapProcedureHeaders(rows).columns.filter((column) => column !== null).length
  const sheets = readWorkbook(bytes).sheets.map(({ rows }) => rows)
  const fullest = sheets.reduce((a, b) => (known(b) > known(a) ? b : a), [] as Cells)
  const { encoding, read } = undoOldFont(fullest.map((row) => row.join(' ')).join('\n'))
  return encoding === 'utf-8' ? fullest : fullest.map((row) => row.map(read))
}
