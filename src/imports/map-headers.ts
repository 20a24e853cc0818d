import { fold } from '../fold.ts'
import { COLUMN_NAMES, COLUMNS, type Column } from './columns.ts'

/** What a column of the file is taken for. */
export interface HeaderMapping {
  /** Row of the file in which the headers stand, from 1. */
  readonly headerRow: number
  /** By position in the file; null: nothing is read from it. */
  readonly columns: readonly (Column | null)[]
  /** The file's own words. */
  readonly headers: readonly string[]
}

/** Headers stand in one of the first rows, below the titles. */
const HEADER_WITHIN = 20

export interface MappingOptions {
  readonly headerRow?: number | undefined
  /** Column → the file's header for it. */
  readonly columns?: Readonly<Partial<Record<Column, string>>> | undefined
}

/** Finds the header row, the one with the most known headers, and what each column is. */
export function mapHeaders(
  rows: readonly (readonly string[])[],
  options: MappingOptions = {},
): HeaderMapping {
  const asked = new Map(
    Object.entries(options.columns ?? {}).map(([column, header]) => [
      wordsOf(header as string),
      column as Column,
    ]),
  )
  const read = (row: readonly string[]) => columnsOf(row, asked)
  const known = (index: number) => read(rows[index] ?? []).filter((column) => column !== null).length
  let header = (options.headerRow ?? 1) - 1
  if (options.headerRow === undefined) {
    for (let index = 0; index < Math.min(rows.length, HEADER_WITHIN); index += 1)
      if (known(index) > known(header)) header = index
  }
  const headers = rows[header] ?? []
  return { headerRow: header + 1, columns: read(headers), headers }
}

/** Each column is read once: the first header that names it, unless a later one was asked for. */
function columnsOf(row: readonly string[], asked: ReadonlyMap<string, Column>): readonly (Column | null)[] {
  const taken = new Set<Column>(asked.values())
  return row.map((header) => {
    const words = wordsOf(header)
    const chosen = asked.get(words)
    if (chosen !== undefined) return chosen
    const column = KNOWN.get(words)
    if (column === undefined || taken.has(column)) return null
    taken.add(column)
    return column
  })
}

const KNOWN: ReadonlyMap<string, Column> = new Map(
  COLUMN_NAMES.flatMap((column) => {
    const { label, headers } = COLUMNS[column]
    return [column, label, ...headers].map((text): [string, Column] => [wordsOf(text), column])
  }),
)

/** A header without marks, punctuation, what stands in brackets, and a leading number. */
function wordsOf(header: string): string {
  return fold(header.replace(/\([^)]*\)/g, ' ').replace(/[^\p{L}\p{M}\d]+/gu, ' '))
}
