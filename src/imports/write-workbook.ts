import { PAUSE_COLUMNS } from './columns.ts'
import type { ExportedLine } from './export-register.ts'
import { zipPieces } from './write-zip.ts'

/**
 * An exported register as a workbook, slice by slice: the register, and the earlier pauses. Every cell is text, so
 * nothing is a formula.
 */
export function workbookPieces(slices: Iterable<readonly ExportedLine[]>): Generator<Buffer> {
  const earlier: (readonly string[])[] = [PAUSE_COLUMNS]
  return zipPieces([
    ...FRAME.map(([name, text]) => ({ name, pieces: [`${XML}${text}`] })),
    { name: 'xl/worksheets/sheet1.xml', pieces: sheet(registerRows(slices, earlier)) },
    // Read when the register has been written, so complete.
    { name: 'xl/worksheets/sheet2.xml', pieces: sheet([earlier]) },
  ])
}

function* registerRows(
  slices: Iterable<readonly ExportedLine[]>,
  pauses: (readonly string[])[],
): Generator<readonly (readonly string[])[]> {
  for (const slice of slices) {
    for (const { earlier } of slice) pauses.push(...earlier)
    yield slice.map(({ cells }) => cells)
  }
}

function* sheet(slices: Iterable<readonly (readonly string[])[]>): Generator<string> {
  yield `${XML}<worksheet xmlns="${MAIN}"><sheetData>`
  let row = 0
  for (const slice of slices) {
    yield slice
      .map((cells) => {
        row += 1
        return `<row r="${row}">${cells.map((text, column) => cellOf(text, column, row)).join('')}</row>`
      })
      .join('')
  }
  yield '</sheetData></worksheet>'
}

/** Up to 26 columns. An empty cell is not written. */
function cellOf(text: string, column: number, row: number): string {
  if (text === '') return ''
  const place = `${String.fromCharCode(65 + column)}${row}`
  return `<c r="${place}" t="inlineStr"><is><t xml:space="preserve">${escaped(text)}</t></is></c>`
}

/** `_x0041_` in a text would be read as a letter by its number; characters XML has no place for are left out. */
function escaped(text: string): string {
  return (
    text
      .replace(/_(?=x[0-9a-f]{4}_)/gi, '_x005F_')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: exactly these are meant
      .replace(/[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, '')
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('\r', '&#13;')
  )
}

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'
const SHEET_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

const FRAME = [
  [
    '[Content_Types].xml',
    `<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="${SHEET_TYPE}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${SHEET_TYPE}.worksheet+xml"/><Override PartName="/xl/worksheets/sheet2.xml" ContentType="${SHEET_TYPE}.worksheet+xml"/></Types>`,
  ],
  [
    '_rels/.rels',
    `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  ],
  [
    'xl/workbook.xml',
    `<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets><sheet name="register" sheetId="1" r:id="rId1"/><sheet name="pauses" sheetId="2" r:id="rId2"/></sheets></workbook>`,
  ],
  [
    'xl/_rels/workbook.xml.rels',
    `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${OFFICE}/worksheet" Target="worksheets/sheet2.xml"/></Relationships>`,
  ],
] as const
