import * as XLSX from '@e965/xlsx'
import { COLUMN_NAMES, type Column } from '../../src/imports/columns.ts'
import { csvLine } from '../../src/imports/write-csv.ts'

export type GivenRow = Partial<Record<Column, string>>

/** A dossier of Xã Ngọc Kỳ as a register has it: 3 working days, given back in time. */
export const ENDED: GivenRow = {
  code: '000.24.35.H23-230306-0007',
  unit: 'Xã Ngọc Kỳ',
  procedure: '1.004873',
  channel: 'Trực tiếp',
  applicant: 'Nguyễn Thị Đào',
  accepted_at: '06/03/2023 09:00',
  due_at: '09/03/2023',
  ended_at: '08/03/2023',
  outcome: 'granted',
  returned_at: '08/03/2023',
}

/** The same, still open. */
export const OPEN: GivenRow = { ...ENDED, ended_at: '', outcome: '', returned_at: '' }

/** A CSV register with the canonical headers; each row says only what differs from `ENDED`. */
export function csvOf(...rows: readonly GivenRow[]): string {
  const lines = rows.map((row) => COLUMN_NAMES.map((column) => ({ ...ENDED, ...row })[column] ?? ''))
  return [COLUMN_NAMES, ...lines].map(csvLine).join('')
}

type CellValue = string | number | XLSX.CellObject

export interface BookSheet {
  readonly rows: readonly (readonly CellValue[])[]
  readonly merges?: readonly string[]
}

/** A workbook made for a test. */
export function bookOf(
  sheets: Readonly<Record<string, BookSheet>>,
  bookType: XLSX.BookType = 'xlsx',
): Buffer {
  const book = XLSX.utils.book_new()
  for (const [name, { rows, merges = [] }] of Object.entries(sheets)) {
    const sheet = XLSX.utils.aoa_to_sheet(rows as CellValue[][])
    sheet['!merges'] = merges.map((range) => XLSX.utils.decode_range(range))
    XLSX.utils.book_append_sheet(book, sheet, name)
  }
  return XLSX.write(book, { type: 'buffer', bookType }) as Buffer
}
