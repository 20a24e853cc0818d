import * as XLSX from '@e965/xlsx'
import { PAUSE_COLUMNS } from './columns.ts'
import type { ExportedLine } from './export-register.ts'

/** An exported register as a workbook: the register, and the earlier pauses. Every cell is text, so nothing is a formula. */
export function workbookOf(lines: Iterable<ExportedLine>): Buffer {
  const register: (readonly string[])[] = []
  const pauses: (readonly string[])[] = [PAUSE_COLUMNS]
  for (const { cells, earlier } of lines) {
    register.push(cells)
    pauses.push(...earlier)
  }
  const book = XLSX.utils.book_new()
  XLSX.utils.book_append_sheet(book, sheetOf(register), 'register')
  XLSX.utils.book_append_sheet(book, sheetOf(pauses), 'pauses')
  return XLSX.write(book, { type: 'buffer', bookType: 'xlsx', compression: true }) as Buffer
}

function sheetOf(rows: readonly (readonly string[])[]): XLSX.WorkSheet {
  return XLSX.utils.aoa_to_sheet(rows as string[][], { dense: true })
}
