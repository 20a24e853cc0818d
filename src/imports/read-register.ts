import { RuleError } from '../domain/refusals.ts'
import { COLUMN_NAMES, type Column, PAUSE_COLUMNS } from './columns.ts'
import type { HeaderMapping } from './map-headers.ts'
import { notesFor, type RowProblem } from './problems.ts'
import { readMoment } from './read-moment.ts'
import type { Cells } from './read-row.ts'
import type { FileTable } from './read-table.ts'
import { readPauseKind } from './read-words.ts'
import type { RowPause } from './register-row.ts'

/** What a cell says where the file leaves it empty. */
export type Defaults = Readonly<Partial<Record<Column, string>>>

/** Rows one run takes: the last step holds the database for about 3 s. */
export const ROWS_AT_MOST = 100_000

/** Refuses a table in which nobody could find a register. */
export function checkColumns({ mapping, rows }: FileTable, defaults: Defaults): void {
  const found = new Set<Column | null>([...mapping.columns, ...(Object.keys(defaults) as Column[])])
  const moments: readonly Column[] = ['accepted_at', 'submitted_at', 'ended_at', 'returned_at']
  const missing = [
    ...(['procedure', 'unit'] as const).filter((column) => !found.has(column)),
    ...(moments.some((column) => found.has(column)) ? [] : ['accepted_at']),
  ]
  if (missing.length > 0) {
    const have = mapping.headers.filter((header) => header !== '').map((header) => `“${header}”`)
    throw new RuleError('import_columns_missing', {
      have: have.join(', ').slice(0, 300) || 'không có tiêu đề nào',
      need: missing.join(', '),
    })
  }
  const count = rows.length - mapping.headerRow
  if (count > ROWS_AT_MOST) throw new RuleError('import_too_long', { rows: count, most: ROWS_AT_MOST })
}

/** The cells of one row of the file by column, with defaults where they are empty; null for an empty row. */
export function cellsOf(mapping: HeaderMapping, row: readonly string[], defaults: Defaults): Cells | null {
  const cells = Object.fromEntries(COLUMN_NAMES.map((column) => [column, ''])) as Record<Column, string>
  let isEmpty = true
  for (const [index, column] of mapping.columns.entries()) {
    const text = row[index]?.trim() ?? ''
    if (column === null || text === '') continue
    cells[column] = text
    isEmpty = false
  }
  if (isEmpty) return null
  for (const [column, value] of Object.entries(defaults) as [Column, string][]) {
    const isOpen = column === 'outcome' && cells.ended_at === '' && cells.returned_at === ''
    if (cells[column] === '' && !isOpen) cells[column] = value
  }
  return cells
}

/** A line of sums or a signature below the register: it names no dossier. */
export function isNoDossier(cells: Cells): boolean {
  return [cells.procedure, cells.accepted_at, cells.submitted_at, cells.ended_at, cells.returned_at].every(
    (text) => text === '',
  )
}

/** The pauses of the second sheet, by code or `#row` of the register, oldest first. */
export function earlierPauses(
  { pauses }: FileTable,
  problems: RowProblem[],
): ReadonlyMap<string, readonly RowPause[]> {
  const found = new Map<string, RowPause[]>()
  if (pauses === null) return found
  const at = new Map(PAUSE_COLUMNS.map((column) => [column, pauses.mapping.columns.indexOf(column)]))
  for (const [index, row] of pauses.rows.entries()) {
    if (index < pauses.mapping.headerRow) continue
    const text = (column: (typeof PAUSE_COLUMNS)[number]) => row[at.get(column) ?? -1]?.trim() ?? ''
    const key = text('code').toUpperCase()
    if (key === '') continue
    const [from, to] = [readMoment(text('paused_from')), readMoment(text('paused_to'))]
    const kind = text('pause_reason') === '' ? 'supplement' : readPauseKind(text('pause_reason'))
    if (from === null || to === null || kind === null) {
      const notes = notesFor(index + 1, problems)
      const wrong = from === null ? 'paused_from' : to === null ? 'paused_to' : 'pause_reason'
      notes.error(wrong, text(wrong), `ngày hoặc lý do đúng (trang các lần tạm dừng, mã ${key})`)
      continue
    }
    found.set(key, [...(found.get(key) ?? []), { from, to, kind }])
  }
  for (const list of found.values())
    list.sort((a, b) => (a.from.at ?? Date.parse(a.from.day)) - (b.from.at ?? Date.parse(b.from.day)))
  return found
}
