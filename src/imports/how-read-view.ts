import type { ImportRow } from '../../db/queries/imports.ts'
import { choiceField, type FormState, formView, inputField, type Option } from '../web/forms.ts'
import { each, type Html, html, when } from '../web/html.ts'
import { COLUMN_NAMES, COLUMNS } from './columns.ts'
import { ENCODINGS } from './decode-text.ts'
import { type ImportOptions, type SEPARATOR_NAMES, separatorName } from './import-options.ts'
import type { HowRead } from './report.ts'

/** Columns whose empty cells are worth filling for a whole file. */
const FILLABLE = ['unit', 'receiving_unit', 'channel', 'outcome'] as const

const SEPARATOR_LABELS = {
  comma: 'dấu phẩy',
  semicolon: 'dấu chấm phẩy',
  tab: 'tab',
  pipe: 'gạch đứng',
} as const satisfies Record<keyof typeof SEPARATOR_NAMES, string>

/** How the file was read, every guess with a field to correct it; sent, the file is read again. */
export function howReadView(row: ImportRow, report: HowRead | null, isOpen: boolean): Html {
  const options = JSON.parse(row.options) as ImportOptions
  const state: FormState = { typed: {}, refusal: null }
  const headers: readonly Option[] = [...new Set(report?.headers.map(({ header }) => header) ?? [])]
    .filter((header) => header !== '')
    .map((header) => ({ value: header, label: header }))
  const headerOf = (column: string) => report?.headers.find((each) => each.column === column)?.header
  const fields = html`${choiceField(state, { name: 'encoding', label: 'Bảng mã chữ Việt', options: ENCODINGS.map((value) => ({ value, label: value })), blank: guess(report?.encoding), value: options.encoding ?? '' })}
${when(report?.kind !== 'excel', () => choiceField(state, { name: 'separator', label: 'Dấu phân cách (CSV)', options: Object.entries(SEPARATOR_LABELS).map(([value, label]) => ({ value, label })), blank: guess(separatorLabel(report?.separator ?? null)), value: separatorName(options.separator ?? null) }))}
${when(report?.kind === 'excel', () => choiceField(state, { name: 'sheet', label: 'Trang tính (Excel)', options: (report?.sheets ?? []).map((value) => ({ value, label: value })), blank: guess(report?.sheet), value: options.sheet ?? '' }))}
${inputField(state, { name: 'headerRow', label: 'Dòng tiêu đề', type: 'number', value: String(options.headerRow ?? report?.headerRow ?? '') })}
${each(COLUMN_NAMES, (column) => choiceField(state, { name: `column-${column}`, label: COLUMNS[column].label, options: headers, blank: 'không có trong tệp', value: headerOf(column) ?? '' }))}
${each(FILLABLE, (column) => inputField(state, { name: `default-${column}`, label: `Ô trống ở “${COLUMNS[column].label}” là`, value: options.defaults?.[column] ?? '' }))}`
  return html`<details class="import-how"${isOpen ? html` open` : html``}><summary>Cách đọc tệp: ${summary(report)}</summary>
${each(report?.notes ?? [], (note) => html`<p>${note}</p>`)}
${formView({ action: `/quan-tri/nhap-so/${row.id}/doc-lai`, state, fields, submit: 'Đọc lại' })}</details>`
}

function separatorLabel(separator: string | null): string {
  const name = separatorName(separator)
  return name in SEPARATOR_LABELS ? SEPARATOR_LABELS[name as keyof typeof SEPARATOR_LABELS] : ''
}

function guess(found: string | null | undefined): string {
  return found ? `đoán: ${found}` : 'tự đoán'
}

function summary(report: HowRead | null): string {
  if (report === null) return 'chưa đọc được'
  const { kind, sheet, encoding, separator, headerRow } = report
  const what = kind === 'csv' ? `CSV, ${encoding}, ${separatorLabel(separator)}` : `Excel, trang “${sheet}”`
  return `${what}, tiêu đề ở dòng ${headerRow}`
}
