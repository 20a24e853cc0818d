import { formatCount } from '../domain/counting/rate-format.ts'
import { each, type Html, html, when } from '../web/html.ts'
import { COLUMNS, type Column } from './columns.ts'
import type { RowProblem } from './problems.ts'
import { columnLabel, type ImportReport, problemSentence } from './report.ts'
import type { SampleRow } from './sample.ts'

const LISTED = 200

/** The file's own rows with what is wrong in their cells, then everything said about them. */
export function previewView(report: ImportReport, sample: readonly SampleRow[]): Html {
  const { problems, contradictions, dueDifferences } = report
  const ofCell = Map.groupBy(problems, ({ row, column }) => `${row} ${column ?? ''}`)
  return html`${when(sample.length > 0, () => sampleTable(sample, ofCell))}
${when(problems.length > 0, () => problemTable(report))}
${when(contradictions.length > 0, () => contradictionTable(report))}
${when(dueDifferences.count > 0, () => dueTable(report))}`
}

type ByCell = ReadonlyMap<string, readonly RowProblem[]>

function sampleTable(rows: readonly SampleRow[], ofCell: ByCell): Html {
  const columns = (rows[0]?.cells ?? [])
    .map(({ column }) => column)
    .filter((column) => rows.some((row) => textIn(row, column) !== '' || ofCell.has(`${row.row} ${column}`)))
  return html`<section><h2>Xem trước</h2><div class="scroll" role="region" aria-label="Các dòng của tệp" tabindex="0"><table class="data import-preview"><caption class="sr">Các dòng đầu và các dòng có chỗ phải sửa, theo số dòng của tệp; cột trống không hiện</caption>
<thead><tr><th scope="col" class="n">Dòng</th>${each(columns, (column) => html`<th scope="col">${COLUMNS[column].label}</th>`)}</tr></thead>
<tbody>${each(rows, (row) => html`<tr><th scope="row" class="n">${row.row}</th>${each(columns, (column) => cell(textIn(row, column), ofCell.get(`${row.row} ${column}`)))}</tr>`)}</tbody></table></div></section>`
}

function textIn({ cells }: SampleRow, column: Column): string {
  return cells.find((each) => each.column === column)?.text ?? ''
}

function cell(text: string, problems: readonly RowProblem[] | undefined): Html {
  if (problems === undefined) return html`<td>${text}</td>`
  const isWrong = problems.some(({ weight }) => weight === 'error')
  return html`<td class="${isWrong ? 'wrong' : 'known'}">${text}${each(problems, ({ needs, weight }) => html`<small>${weight === 'error' ? `Cần ${needs}` : needs}</small>`)}</td>`
}

function problemTable({ problems, errors, warnings }: ImportReport): Html {
  return html`<section><h2>${formatCount(errors)} chỗ phải sửa, ${formatCount(warnings)} chỗ cần biết</h2>
${table(
  'Từng chỗ',
  ['Dòng', 'Cột', 'Điều cần biết'],
  each(
    problems.slice(0, LISTED),
    (problem) =>
      html`<tr><th scope="row" class="n">${problem.row}</th><td>${labelOf(problem.column)}</td><td>${problemSentence(problem)}</td></tr>`,
  ),
)}
${rest(errors + warnings)}</section>`
}

function contradictionTable({ contradictions, contradicting }: ImportReport): Html {
  const heading =
    contradicting > 0 ? `${formatCount(contradicting)} dòng nói khác với hệ thống` : 'Đã sửa theo tệp'
  return html`<section><h2>${heading}</h2>
${table(
  'Những chỗ nói khác',
  ['Dòng', 'Mã hồ sơ', 'Cột', 'Hệ thống', 'Tệp'],
  each(
    contradictions.slice(0, LISTED),
    ({ row, code, column, known, given }) =>
      html`<tr><th scope="row" class="n">${row}</th><td>${code ?? '–'}</td><td>${COLUMNS[column].label}</td><td>${known}</td><td>${given}</td></tr>`,
  ),
)}
${rest(contradictions.length)}</section>`
}

function dueTable({ dueDifferences: { count, first } }: ImportReport): Html {
  return html`<section><h2>${formatCount(count)} hạn trả khác với hạn tính được</h2><p>Hạn trong tệp được giữ; hạn tính được ghi bên cạnh.</p>
${table(
  'Hạn khác nhau',
  ['Dòng', 'Mã hồ sơ', 'Hạn trong tệp', 'Hạn tính được'],
  each(
    first.slice(0, LISTED),
    ({ row, code, given, computed }) =>
      html`<tr><th scope="row" class="n">${row}</th><td>${code ?? '–'}</td><td>${given}</td><td>${computed}</td></tr>`,
  ),
)}
${rest(count)}</section>`
}

function table(label: string, headings: readonly string[], rows: Html): Html {
  return html`<div class="scroll" role="region" aria-label="${label}" tabindex="0"><table class="data"><caption class="sr">${label}</caption><thead><tr>${each(headings, (heading, index) => html`<th scope="col"${when(index === 0, () => html` class="n"`)}>${heading}</th>`)}</tr></thead><tbody>${rows}</tbody></table></div>`
}

function rest(count: number): Html {
  return html`${when(count > LISTED, () => html`<p>… và ${formatCount(count - LISTED)} chỗ nữa. Xem đủ qua API hoặc dòng lệnh.</p>`)}`
}

function labelOf(column: Column | null): string {
  return column === null ? 'Cả dòng' : columnLabel(column)
}
