import { fold } from '../fold.ts'
import { COLUMNS, type Column } from './columns.ts'

/** What a column of the file is taken for. */
export interface HeaderMapping<Name extends string = Column> {
  /** Row of the file in which the headers stand, from 1. */
  readonly headerRow: number
  /** By position in the file; null: nothing is read from it. */
  readonly columns: readonly (Name | null)[]
  /** The file's own words. */
  readonly headers: readonly string[]
}

/** Headers stand in one of the first rows, below the titles. */
const HEADER_WITHIN = 20

export interface MappingOptions<Name extends string = Column> {
  readonly headerRow?: number | undefined
  /** Column → the file's header for it. */
  readonly columns?: Readonly<Partial<Record<Name, string>>> | undefined
}

/** What a column is called: by its name, its label, or any of other words. */
type Known<Name extends string> = Readonly<
  Record<Name, { readonly label: string; readonly headers: readonly string[] }>
>

/** Finds the header row of a register, and what each column is. */
export const mapHeaders = headerMapper(COLUMNS)

/** Makes what finds the header row of a sheet of these columns, the one with the most known headers, and what each is. */
export function headerMapper<Name extends string>(columns: Known<Name>) {
  const names = new Map(
    Object.entries<Known<Name>[Name]>(columns).flatMap(([column, { label, headers }]) =>
      [column, label, ...headers].map((text): [string, Name] => [wordsOf(text), column as Name]),
    ),
  )
  return (rows: readonly (readonly string[])[], options: MappingOptions<Name> = {}): HeaderMapping<Name> => {
    const asked = new Map(
      Object.entries(options.columns ?? {}).map(([column, header]) => [
        wordsOf(header as string),
        column as Name,
      ]),
    )
    const read = (row: readonly string[]) => columnsOf(row, names, asked)
    const known = (index: number) => read(rows[index] ?? []).filter((column) => column !== null).length
    let header = (options.headerRow ?? 1) - 1
    if (options.headerRow === undefined) {
      for (let index = 0; index < Math.min(rows.length, HEADER_WITHIN); index += 1)
        if (known(index) > known(header)) header = index
    }
    const headers = rows[header] ?? []
    return { headerRow: header + 1, columns: read(headers), headers }
  }
}

/** Each column is read once: the first header that names it, unless a later one was asked for. */
function columnsOf<Name extends string>(
  row: readonly string[],
  names: ReadonlyMap<string, Name>,
  asked: ReadonlyMap<string, Name>,
): readonly (Name | null)[] {
  const taken = new Set<Name>(asked.values())
  return row.map((header) => {
    const words = wordsOf(header)
    const chosen = asked.get(words)
    if (chosen !== undefined) return chosen
    const column = names.get(words)
    if (column === undefined || taken.has(column)) return null
    taken.add(column)
    return column
  })
}

/** A header without marks, punctuation, what stands in brackets, and a leading number. */
function wordsOf(header: string): string {
  return fold(header.replace(/\([^)]*\)/g, ' ').replace(/[^\p{L}\p{M}\d]+/gu, ' '))
}
