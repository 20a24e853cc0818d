import * as XLSX from '@e965/xlsx'
import { instantAt, printInstant } from '../domain/calendar/day.ts'
import { dayOfNumber } from '../domain/calendar/day-number.ts'
import { RuleError } from '../domain/refusals.ts'
import { unpackedBytes } from './unpacked-bytes.ts'

export interface SheetText {
  readonly name: string
  /** Cells as text, `rows[0]` being row 1 of the sheet. */
  readonly rows: readonly (readonly string[])[]
  readonly formulas: number
  readonly merged: number
}

/** Beyond this an archive is not opened: a register of 100,000 rows unpacks to about 150 MiB. */
const UNPACKED_AT_MOST = 600 * 1024 * 1024

/** No register is wider; a cell far to the right, or a merge across the sheet, must not become millions of cells. */
const MOST_COLUMNS = 256
const MOST_MERGED_CELLS = 2_000_000

/** Day 0 of Excel's calendar (its 1900 is a leap year, so this holds from March 1900 on) and of old Macs. */
const EPOCH = { windows: -25_569, mac: -24_107 } as const

/**
 * The sheets of an Excel workbook as text. Nothing in it is run: formulas give the value Excel kept, macros are not
 * even read. A merged cell has its value in every cell it covers, as people see it.
 * Throws `workbook_locked`, `broken_workbook`, `workbook_too_large`.
 */
export function readWorkbook(bytes: Buffer): {
  readonly sheets: readonly SheetText[]
  readonly macros: boolean
} {
  if (bytes.subarray(0, 2).toString('latin1') === 'PK') {
    const unpacked = unpackedBytes(bytes, UNPACKED_AT_MOST)
    if (unpacked === null) throw new RuleError('broken_workbook')
    if (unpacked > UNPACKED_AT_MOST) throw new RuleError('workbook_too_large')
  }
  const book = open(bytes)
  const isMac = book.Workbook?.WBProps?.date1904 === true
  const visible = book.SheetNames.filter((_, index) => !book.Workbook?.Sheets?.[index]?.Hidden)
  return {
    sheets: visible.map((name) =>
      sheetText(name, book.Sheets[name] as XLSX.WorkSheet, isMac ? EPOCH.mac : EPOCH.windows),
    ),
    macros: bytes.includes('vbaProject.bin') || bytes.includes(Buffer.from('_VBA_PROJECT', 'utf16le')),
  }
}

/** Name of the part in which Excel keeps a workbook with a password. */
const ENCRYPTED = Buffer.from('EncryptedPackage', 'utf16le')

function open(bytes: Buffer): XLSX.WorkBook {
  try {
    const book = XLSX.read(bytes, {
      type: 'buffer',
      dense: true,
      cellNF: true,
      cellText: false,
      cellHTML: false,
      cellDates: false,
    })
    if (book.SheetNames.length === 0) throw new Error('no sheet')
    return book
  } catch (error) {
    const locked = /password/i.test((error as Error).message) || bytes.includes(ENCRYPTED)
    throw new RuleError(locked ? 'workbook_locked' : 'broken_workbook')
  }
}

function sheetText(name: string, sheet: XLSX.WorkSheet, epoch: number): SheetText {
  const data = (sheet['!data'] ?? []) as (readonly (XLSX.CellObject | undefined)[] | undefined)[]
  let formulas = 0
  const rows = Array.from({ length: data.length }, (_, row) =>
    Array.from((data[row] ?? []).slice(0, MOST_COLUMNS), (cell) => {
      if (cell?.f !== undefined) formulas += 1
      return cell === undefined ? '' : cellText(cell, epoch)
    }),
  )
  const merges = sheet['!merges'] ?? []
  let left = MOST_MERGED_CELLS
  for (const { s, e } of merges) {
    left -= spread(rows, s, e)
    if (left < 0) throw new RuleError('workbook_too_large')
  }
  return { name, rows, formulas, merged: merges.length }
}

function cellText(cell: XLSX.CellObject, epoch: number): string {
  const { t, v, z } = cell
  if (t === 'e') return '#LỖI!'
  if (v === undefined || v === null) return cell.f === undefined ? '' : '#LỖI!'
  if (typeof v === 'number' && typeof z === 'string' && XLSX.SSF.is_date(z)) return momentText(v, epoch)
  return String(v).trim()
}

/** A serial number of Excel as ISO text; without a time where it is midnight. */
function momentText(serial: number, epoch: number): string {
  const day = Math.floor(serial)
  const minute = Math.round((serial - day) * 1440)
  const date = dayOfNumber(day + epoch)
  return minute === 0 ? date : printInstant(instantAt(date, minute)).slice(0, 16)
}

/** Returns how many cells were written. */
function spread(rows: string[][], start: XLSX.CellAddress, end: XLSX.CellAddress): number {
  const value = rows[start.r]?.[start.c] ?? ''
  const [lastRow, lastColumn] = [Math.min(end.r, rows.length - 1), Math.min(end.c, MOST_COLUMNS - 1)]
  for (let row = start.r; row <= lastRow; row += 1) {
    const cells = rows[row] as string[]
    for (let column = start.c; column <= lastColumn; column += 1) {
      while (cells.length < column) cells.push('')
      cells[column] = value
    }
  }
  return Math.max(0, lastRow - start.r + 1) * Math.max(0, lastColumn - start.c + 1)
}
