import type { Column } from './columns.ts'
import type { RowProblem } from './problems.ts'
import type { FileTable } from './read-table.ts'

/** A row of the file as the preview shows it. */
export interface SampleRow {
  readonly row: number
  /** Only what is read, in the order of the file. */
  readonly cells: readonly { readonly column: Column; readonly text: string }[]
}

const FIRST_ROWS = 10
const ROWS_WITH_PROBLEMS = 40

/** The first rows and the rows with problems; ID and phone numbers are cut short, for this is kept. */
export function sampleOf(
  { rows, mapping }: FileTable,
  problems: readonly RowProblem[],
): readonly SampleRow[] {
  const first = Array.from({ length: FIRST_ROWS }, (_, index) => mapping.headerRow + 1 + index)
  const wrong = [...new Set(problems.map(({ row }) => row))].slice(0, ROWS_WITH_PROBLEMS)
  const shown = [...new Set([...first, ...wrong])].filter((row) => row <= rows.length).sort((a, b) => a - b)
  return shown.map((row) => ({
    row,
    cells: mapping.columns.flatMap((column, index) =>
      column === null ? [] : [{ column, text: shownText(column, rows[row - 1]?.[index] ?? '') }],
    ),
  }))
}

function shownText(column: Column, text: string): string {
  const isNumber = column === 'id_number' || column === 'phone'
  return isNumber && text.length > 4 ? `${text.slice(0, 3)}…` : text.slice(0, 120)
}
