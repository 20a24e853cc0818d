import { PAUSE_COLUMNS } from './columns.ts'
import type { ExportedLine } from './export-register.ts'
import { zipPieces } from './write-zip.ts'

/**
 * An exported register as a workbook, slice by slice: the register, and the earlier pauses. Every cell is text, so
 * nothing is a formula.
 */
export function workbookPieces(slices: Iterable<readonly ExportedLine[]>): Generator<Buffer> {
  const earlier: (readonly string[])[] = [PAUSE_COLUMNS]
  return workbookOf([
    { name: 'register', slices: registerRows(slices, earlier) },
    // Read when the register has been written, so complete.
    { name: 'pauses', slices: [earlier] },
  ])
}

interface Sheet {
  /** Letters and digits. */
  readonly name: string
  readonly slices: Iterable<readonly (readonly string[])[]>
}

/** A workbook of these sheets, written one after the other. */
export function workbookOf(sheets: readonly Sheet[]): Generator<Buffer> {
  return zipPieces([
    ...frameOf(sheets.map(({ name }) => name)).map(([name, text]) => ({ name, pieces: [`${XML}${text}`] })),
    ...sheets.map(({ slices }, index) => ({ name: `xl/${pathOf(index)}`, pieces: sheet(slices) })),
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

/** An empty cell is not written. */
function cellOf(text: string, column: number, row: number): string {
  if (text === '') return ''
  const place = `${lettersOf(column)}${row}`
  return `<c r="${place}" t="inlineStr"><is><t xml:space="preserve">${escaped(text)}</t></is></c>`
}

/** 'A', 'Z', 'AA': the name of a column, counted from 0; up to 702. */
function lettersOf(column: number): string {
  const letter = (index: number) => String.fromCharCode(65 + index)
  return column < 26 ? letter(column) : `${letter(Math.floor(column / 26) - 1)}${letter(column % 26)}`
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

function pathOf(index: number): string {
  return `worksheets/sheet${index + 1}.xml`
}

/** What stands around the sheets. */
function frameOf(names: readonly string[]): readonly (readonly [name: string, text: string])[] {
  const overrides = names.map(
    (_, index) => `<Override PartName="/xl/${pathOf(index)}" ContentType="${SHEET_TYPE}.worksheet+xml"/>`,
  )
  const sheets = names.map(
    (name, index) => `<sheet name="${name}" sheetId="${index + 1}" r:id="rId${index + 1}"/>`,
  )
  const links = names.map(
    (_, index) => `<Relationship Id="rId${index + 1}" Type="${OFFICE}/worksheet" Target="${pathOf(index)}"/>`,
  )
  return [
    [
      '[Content_Types].xml',
      `<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="${SHEET_TYPE}.sheet.main+xml"/>${overrides.join('')}</Types>`,
    ],
    [
      '_rels/.rels',
      `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    ],
    [
      'xl/workbook.xml',
      `<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets>${sheets.join('')}</sheets></workbook>`,
    ],
    [
      'xl/_rels/workbook.xml.rels',
      `<Relationships xmlns="${PACKAGE}/relationships">${links.join('')}</Relationships>`,
    ],
  ]
}
