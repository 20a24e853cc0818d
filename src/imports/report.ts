import { COLUMNS, type Column } from './columns.ts'
import type { Contradiction } from './compare-row.ts'
import type { RowProblem } from './problems.ts'
import type { FileTable } from './read-table.ts'

/** Problems and contradictions listed one by one; beyond that they are only counted. */
export const LISTED_AT_MOST = 1_000

export interface RowContradiction extends Contradiction {
  readonly row: number
  readonly code: string | null
}

export interface DueDifference {
  readonly row: number
  readonly code: string | null
  /** Days. */
  readonly given: string
  readonly computed: string
}

/** How a file was read: every guess. */
export interface HowRead {
  readonly kind: FileTable['kind']
  readonly encoding: FileTable['encoding']
  readonly separator: string | null
  readonly sheet: string | null
  readonly sheets: readonly string[]
  readonly headerRow: number
  /** Each header of the file and what it is taken for. */
  readonly headers: readonly { readonly header: string; readonly column: Column | null }[]
  readonly notes: readonly string[]
}

/** What an import would do, or did. */
export interface ImportReport extends HowRead {
  readonly applied: boolean
  readonly rows: number
  readonly added: number
  readonly unchanged: number
  readonly changed: number
  readonly contradicting: number
  readonly skipped: number
  readonly errors: number
  readonly warnings: number
  readonly problems: readonly RowProblem[]
  readonly contradictions: readonly RowContradiction[]
  readonly dueDifferences: { readonly count: number; readonly first: readonly DueDifference[] }
  readonly seconds: number
}

export function howRead({ kind, encoding, separator, sheet, sheets, mapping, notes }: FileTable): HowRead {
  const headers = mapping.headers.map((header, index) => ({ header, column: mapping.columns[index] ?? null }))
  return { kind, encoding, separator, sheet, sheets, headerRow: mapping.headerRow, headers, notes }
}

/** `Ngày nhận (accepted_at)`: a column in the words of the register and of the product. */
export function columnLabel(column: Column): string {
  return `${COLUMNS[column].label} (${column})`
}

/** A problem as one sentence. */
export function problemSentence({ column, has, needs, weight }: Omit<RowProblem, 'row'>): string {
  if (weight === 'warning') return has === '' ? `${needs}.` : `có “${has}”: ${needs}.`
  if (column === null) return has === '' ? needs : `có “${has}”, cần ${needs}.`
  return `có ${has === '' ? 'ô trống' : `“${has}”`}, cần ${needs}.`
}
