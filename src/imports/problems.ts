import type { Column } from './columns.ts'

/** Something about one cell or row of the file, in the words of its own rows and headers. */
export interface RowProblem {
  /** Row of the file, from 1. */
  readonly row: number
  /** Null: the row as a whole. */
  readonly column: Column | null
  /** What stands there. */
  readonly has: string
  /** What is needed, or what was done about it. */
  readonly needs: string
  /** `error`: nothing is imported while it stands. `warning`: said, and gone on with. */
  readonly weight: 'error' | 'warning'
}

/** Collects what is wrong with one row. */
export interface RowNotes {
  readonly error: (column: Column | null, has: string, needs: string) => void
  readonly warn: (column: Column | null, has: string, needs: string) => void
}

export function notesFor(row: number, into: RowProblem[]): RowNotes {
  const add = (weight: RowProblem['weight']) => (column: Column | null, has: string, needs: string) => {
    into.push({ row, column, has: isNumber(column) ? masked(has) : shortened(has), needs, weight })
  }
  return { error: add('error'), warn: add('warning') }
}

const LONGEST = 80

function shortened(text: string): string {
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST)}…`
}

/** Reports are kept: of ID and phone numbers they show only the beginning, unless a spreadsheet has spoilt the rest. */
function masked(text: string): string {
  return text.length <= 4 || /E\+/i.test(text) ? text : `${text.slice(0, 3)}…`
}

function isNumber(column: Column | null): boolean {
  return column === 'id_number' || column === 'phone'
}
