import { RuleError } from '../domain/refusals.ts'
import { type Column, PAUSE_COLUMNS } from './columns.ts'
import { decodeText, type Encoding, undoOldFont } from './decode-text.ts'
import { fileKind } from './file-kind.ts'
import { withoutGuard } from './formula-guard.ts'
import { type HeaderMapping, mapHeaders } from './map-headers.ts'
import { guessSeparator, parseCsv, type Separator } from './parse-csv.ts'
import { readWorkbook, type SheetText } from './read-workbook.ts'

/** What a person may say where a guess was wrong. */
export interface ReadOptions {
  readonly encoding?: Encoding | undefined
  readonly separator?: Separator | undefined
  readonly sheet?: string | undefined
  readonly headerRow?: number | undefined
  readonly columns?: Readonly<Partial<Record<Column, string>>> | undefined
}

/** A file as read: its rows as text, and how it was read. */
export interface FileTable {
  readonly kind: 'csv' | 'excel'
  readonly encoding: Encoding
  readonly separator: Separator | null
  readonly sheet: string | null
  readonly sheets: readonly string[]
  readonly mapping: HeaderMapping
  /** All rows of the sheet, headers and titles included: `rows[0]` is row 1. */
  readonly rows: readonly (readonly string[])[]
  /** Earlier pauses, of the second sheet or file. */
  readonly pauses: Pick<FileTable, 'mapping' | 'rows'> | null
  /** What a reader should know of how it was read. */
  readonly notes: readonly string[]
}

/** A register, Excel by its first bytes and else text; `pauseBytes` is a second CSV file with earlier pauses. */
export function readTable(bytes: Buffer, options: ReadOptions = {}, pauseBytes?: Buffer): FileTable {
  if (bytes.length === 0) throw new RuleError('empty_file')
  const kind = fileKind(bytes)
  if (kind === null) throw new RuleError('unknown_file_kind')
  return kind === 'excel' ? ofWorkbook(bytes, options) : ofText(bytes, options, pauseBytes)
}

function ofText(bytes: Buffer, options: ReadOptions, pauseBytes: Buffer | undefined): FileTable {
  const { text, encoding } = decodeText(bytes, options.encoding)
  const separator = options.separator ?? guessSeparator(text)
  const rows = parseCsv(text, separator).map((row) => row.map((field) => withoutGuard(field.trim())))
  const pauses = pauseBytes === undefined ? null : ofText(pauseBytes, {}, undefined)
  return {
    kind: 'csv',
    encoding,
    separator,
    sheet: null,
    sheets: [],
    mapping: mapHeaders(rows, options),
    rows,
    pauses,
    notes: encoding.startsWith('utf-') ? [] : [`Chữ tiếng Việt được đọc theo bảng mã ${encoding}.`],
  }
}

function ofWorkbook(bytes: Buffer, options: ReadOptions): FileTable {
  const { sheets, macros } = readWorkbook(bytes)
  const mapped = sheets.map((sheet) => ({ sheet, mapping: mapHeaders(sheet.rows, options) }))
  const asked = mapped.find(({ sheet }) => sheet.name === options.sheet)
  if (options.sheet !== undefined && asked === undefined)
    throw new RuleError('unknown_sheet', {
      sheet: options.sheet,
      sheets: sheets.map(({ name }) => name).join(', '),
    })
  const fullest = mapped.reduce((a, b) => (known(b.mapping) > known(a.mapping) ? b : a))
  const { sheet, mapping } = asked ?? fullest
  const second = mapped.find((each) => each.sheet !== sheet && isPauseSheet(each.mapping))
  const { encoding, read } = undoOldFont(sample(sheet))
  const rows = encoding === 'utf-8' ? sheet.rows : sheet.rows.map((row) => row.map(read))
  return {
    kind: 'excel',
    encoding,
    separator: null,
    sheet: sheet.name,
    sheets: sheets.map(({ name }) => name),
    mapping: encoding === 'utf-8' ? mapping : mapHeaders(rows, options),
    rows,
    pauses: second === undefined ? null : { mapping: second.mapping, rows: second.sheet.rows },
    notes: notesOf(sheet, encoding, macros, sheets.length - (second === undefined ? 1 : 2)),
  }
}

function notesOf(sheet: SheetText, encoding: Encoding, macros: boolean, unread: number): readonly string[] {
  const { formulas, merged } = sheet
  return [
    ...(macros ? ['Tệp có macro: chỉ đọc dữ liệu trong ô, không chạy macro.'] : []),
    ...(formulas > 0 ? [`${formulas} ô là công thức: lấy giá trị Excel đã lưu, không tính lại.`] : []),
    ...(merged > 0 ? [`${merged} chỗ gộp ô: mỗi dòng được gộp mang cùng một giá trị.`] : []),
    ...(encoding === 'utf-8' ? [] : [`Chữ tiếng Việt được đọc theo bảng mã ${encoding}.`]),
    ...(unread > 0 ? [`Tệp có thêm ${unread} trang tính không được đọc; chọn bằng --sheet.`] : []),
  ]
}

function isPauseSheet({ columns }: HeaderMapping): boolean {
  const found = new Set(columns)
  return !found.has('procedure') && PAUSE_COLUMNS.slice(0, 2).every((column) => found.has(column))
}

function known({ columns }: HeaderMapping): number {
  return columns.filter((column) => column !== null).length
}

function sample(sheet: SheetText): string {
  return sheet.rows
    .slice(0, 500)
    .map((row) => row.join(' '))
    .join('\n')
}
