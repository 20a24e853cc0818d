import { FORM06_COLUMNS, type Form06Column, type Form06Row, form06Row } from '../domain/counting/form06.ts'
import { formatCount } from '../domain/counting/rate-format.ts'
import type { Counter } from '../domain/counting/tally.ts'
import { each, type Html, html, when } from '../web/html.ts'
import type { Report, ReportRow } from './report.ts'
import { countLink, type Place, reportHref } from './report-links.ts'
import { rowNoteView } from './row-note.ts'

/** The counters each column is the sum of. */
const COUNTERS = {
  total: ['received', 'carriedOver'],
  receivedOnline: ['receivedLevel3', 'receivedLevel4'],
  receivedDirect: ['receivedCounter', 'receivedPostal'],
  carriedOver: ['carriedOver'],
  ended: ['ended'],
  endedEarly: ['early'],
  endedOnTime: ['onTime', 'withdrawnInTime', 'stoppedInTime'],
  endedLate: ['late', 'withdrawnLate', 'stoppedLate'],
  pending: ['open'],
  pendingInTime: ['openInTime'],
  pendingOverdue: ['openOverdue'],
} as const satisfies Record<Form06Column, readonly Counter[]>

const SHORT = {
  total: 'Tổng số',
  receivedOnline: 'Trực tuyến',
  receivedDirect: 'Trực tiếp, bưu chính',
  carriedOver: 'Kỳ trước chuyển qua',
  ended: 'Tổng số',
  endedEarly: 'Trước hạn',
  endedOnTime: 'Đúng hạn',
  endedLate: 'Quá hạn',
  pending: 'Tổng số',
  pendingInTime: 'Trong hạn',
  pendingOverdue: 'Quá hạn',
} as const satisfies Record<Form06Column, string>

const COLUMNS = Object.keys(FORM06_COLUMNS) as readonly Form06Column[]
const FIRST_OF_GROUP: ReadonlySet<Form06Column> = new Set(['total', 'ended', 'pending'])

/** Biểu II.06 (TT 01/2020/TT-VPCP) by unit; each count opens its dossiers. */
export function form06View({ rows, total }: Report, place: Place): Html {
  const all = form06Row(total.tally)
  const moved = all.transferredIn > 0 || all.transferredOut > 0
  return html`<div class="block-head"><h2>Tình hình, kết quả giải quyết thủ tục hành chính</h2><p>Biểu II.06 theo đơn vị giải quyết; số trong ngoặc: trong đó rút, dừng</p></div>
<div class="scroll" role="region" aria-label="Biểu II.06" tabindex="0"><table class="data form06">
<caption class="sr">Biểu II.06: số hồ sơ tiếp nhận, đã giải quyết và đang giải quyết của từng đơn vị</caption>
<thead>
<tr class="groups"><th scope="col" rowspan="2">Đơn vị</th><th scope="colgroup" colspan="4">Tiếp nhận</th><th scope="colgroup" colspan="4">Đã giải quyết</th><th scope="colgroup" colspan="3">Đang giải quyết</th>${when(moved, () => html`<th scope="colgroup" colspan="2">Chuyển giao</th>`)}</tr>
<tr>${each(COLUMNS, (column) => html`<th scope="col" class="${classOf(column)}">${SHORT[column]} <span class="col-number">(${FORM06_COLUMNS[column].number})</span></th>`)}${when(moved, () => html`<th scope="col" class="n group">Đến</th><th scope="col" class="n">Đi</th>`)}</tr>
</thead>
<tbody>${each(rows, (row) => line(row, { ...place, unit: row.key }, moved))}</tbody>
<tfoot><tr><th scope="row">Tổng số</th>${cells(all, place, 'toàn bộ', moved)}</tr></tfoot>
</table></div>`
}

function classOf(column: Form06Column): string {
  return FIRST_OF_GROUP.has(column) ? 'n group' : 'n'
}

function line(row: ReportRow, place: Place, moved: boolean): Html {
  return html`<tr><th scope="row" class="clip" title="${row.label}"><a href="${reportHref(place)}">${row.label}</a>${rowNoteView(row)}</th>${cells(form06Row(row.tally), place, row.label, moved)}</tr>`
}

function cells(figures: Form06Row, place: Place, unit: string, moved: boolean): Html {
  return html`${each(COLUMNS, (column) => html`<td class="${classOf(column)}${column === 'pendingOverdue' && figures[column] > 0 ? ' bad' : ''}">${closedNote(column, figures)}${countLink(figures[column], place, COUNTERS[column], `${FORM06_COLUMNS[column].label}, ${unit}`)}</td>`)}${when(moved, () => html`<td class="n group">${transfers(figures.transferredIn, place, 'transferredIn', unit)}</td><td class="n">${transfers(figures.transferredOut, place, 'transferredOut', unit)}</td>`)}`
}

/** Dossiers that came from or went to another unit by a reorganisation; what moved within a row of today is not listed. */
function transfers(n: number, place: Place, counter: 'transferredIn' | 'transferredOut', unit: string): Html {
  const words = counter === 'transferredIn' ? 'chuyển đến' : 'chuyển đi'
  return place.map === 'today' ? html`${formatCount(n)}` : countLink(n, place, [counter], `${words}, ${unit}`)
}

/** Withdrawn and stopped dossiers stand in (9) and (10) without having a result: said beside the figure. */
function closedNote(column: Form06Column, { closedInTime, closedLate }: Form06Row): Html {
  const n = column === 'endedOnTime' ? closedInTime : column === 'endedLate' ? closedLate : 0
  return n === 0
    ? html``
    : html`<small class="within" title="trong đó rút, dừng ${n}"><span class="sr">trong đó rút, dừng </span>(${n})</small>`
}
