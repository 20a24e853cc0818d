import type { ImportRow } from '../../db/queries/imports.ts'
import type { WatchedFile } from '../../db/queries/watched-files.ts'
import { formatCount } from '../domain/counting/rate-format.ts'
import { moment } from '../web/formats.ts'
import { type FormState, formView, refusalView, tickField } from '../web/forms.ts'
import { each, type Html, html, when } from '../web/html.ts'
import { howReadView } from './how-read-view.ts'
import { previewView } from './preview-view.ts'
import type { ImportReport } from './report.ts'
import { type Refusal, storedReport } from './stored-report.ts'
import { watchedTable } from './watched-view.ts'

export const IMPORTS_PATH = '/quan-tri/nhap-so'

const STATUS_LABELS = {
  uploaded: 'đang đọc',
  checked: 'đã đọc, chưa ghi',
  waiting: 'đang chờ ghi',
  running: 'đang ghi',
  done: 'đã nhập',
  refused: 'không ghi',
} as const satisfies Record<ImportRow['status'], string>

/** The upload form and the imports there were; no `state`: only to be read. */
export function importListView(
  rows: readonly ImportRow[],
  watched: readonly WatchedFile[],
  limitMib: number,
  state: FormState | null,
): Html {
  return html`<header class="page-head"><h1>Nhập sổ theo dõi hồ sơ</h1><p class="lead">Tải tệp lên để xem trước; chưa có gì được ghi cho đến khi bấm “Ghi vào hệ thống”.</p></header>
${when(state, (typed) => uploadForm(limitMib, typed))}
<section><h2>Các lần nhập</h2>${listTable(rows)}</section>
${when(watched.length > 0, () => html`<section><h2>Tệp tự nhận từ thư mục</h2>${watchedTable(watched)}</section>`)}`
}

function uploadForm(limitMib: number, state: FormState): Html {
  return html`<form class="form" method="post" action="${IMPORTS_PATH}" enctype="multipart/form-data">
${refusalView(state)}
<div class="field"><label for="f-file">Tệp CSV hoặc Excel</label><input id="f-file" name="file" type="file" accept=".csv,.txt,.xlsx,.xlsm,.xls" required aria-describedby="h-file"><small id="h-file">Tối đa ${limitMib} MiB và 100.000 dòng. Sổ theo mẫu TT 01/2018 hoặc các cột trong tài liệu nhập sổ.</small></div>
<p class="form-end"><button class="button primary" type="submit">Tải lên và xem trước</button></p>
</form>`
}

function listTable(rows: readonly ImportRow[]): Html {
  if (rows.length === 0) return html`<p class="lead">Chưa có lần nhập nào.</p>`
  return html`<div class="scroll" role="region" aria-label="Các lần nhập" tabindex="0"><table class="data"><caption class="sr">Các lần nhập, mới trước</caption>
<thead><tr><th scope="col">Tệp</th><th scope="col">Tải lên</th><th scope="col">Trạng thái</th><th scope="col" class="n">Mới</th><th scope="col" class="n">Thay đổi</th><th scope="col" class="n">Không đổi</th><th scope="col" class="n">Nói khác</th></tr></thead>
<tbody>${each(rows, (row) => html`<tr><th scope="row"><a href="${IMPORTS_PATH}/${row.id}">${row.name}</a></th><td><time>${moment(row.uploadedAt)}</time></td><td class="import-status">${STATUS_LABELS[row.status]}</td>${countCells(row)}</tr>`)}</tbody></table></div>`
}

function countCells(row: ImportRow): Html {
  const report = storedReport(row)
  if (report === null || 'refusal' in report)
    return html`<td class="n">–</td><td class="n">–</td><td class="n">–</td><td class="n">–</td>`
  const { added, changed, unchanged, contradicting } = report
  return html`${each([added, changed, unchanged, contradicting], (n) => html`<td class="n">${formatCount(n)}</td>`)}`
}

/** One import: where it stands, what it would do or did, and what can be done now. */
export function importView(
  row: ImportRow,
  before: ImportRow | null,
  state: FormState,
  mayChange: boolean,
): Html {
  const report = storedReport(row)
  return html`<header class="page-head"><p class="page-kicker"><a href="${IMPORTS_PATH}">Nhập sổ</a><span>${STATUS_LABELS[row.status]}</span></p><h1>${row.name}</h1></header>
${refusalView(state)}
${when(before, ({ finishedAt, id }) => html`<p class="lead">Tệp này đã nhập ngày ${moment(finishedAt ?? 0)} (<a href="${IMPORTS_PATH}/${id}">xem lần đó</a>). Nhập lại thì những dòng không đổi được bỏ qua.</p>`)}
${standing(row)}
${when(report, (stored) => ('refusal' in stored ? refusedView(row, stored, mayChange) : reportView(row, stored, mayChange)))}`
}

function standing({ status, rowsDone, rowsTotal }: ImportRow): Html {
  if (status === 'uploaded')
    return html`<p class="lead" role="status">Đang đọc và đối chiếu${rowsTotal > 0 ? `: ${formatCount(rowsDone)} / ${formatCount(rowsTotal)} dòng` : ''}. Trang tự tải lại.</p>`
  if (status !== 'waiting' && status !== 'running') return html``
  const words =
    status === 'waiting'
      ? 'Đang chờ đến lượt'
      : `Đã xử lý ${formatCount(rowsDone)} / ${formatCount(rowsTotal)} dòng`
  return html`<p class="lead" role="status">${words}. Trang tự tải lại; có thể rời trang, việc vẫn chạy.</p>
<progress class="import-progress" max="${Math.max(rowsTotal, 1)}" value="${rowsDone}">${words}</progress>`
}

function refusedView(row: ImportRow, { refusal, read }: Refusal, mayChange: boolean): Html {
  return html`${refusalView({ typed: {}, refusal })}${when(mayChange && row.status === 'refused', () => howReadView(row, read, true))}`
}

function reportView(
  row: ImportRow,
  report: ImportReport & { readonly sample?: Parameters<typeof previewView>[1] },
  mayChange: boolean,
): Html {
  const isStanding = mayChange && (row.status === 'checked' || row.status === 'refused')
  const hasWork = report.added + report.changed + report.contradicting > 0
  const canApply = isStanding && report.errors === 0 && hasWork
  return html`<p class="lead">${finding(row, report)}</p>
${when(canApply, () => html`<div class="import-apply">${applyForm(row, report)}</div>`)}
${previewView(report, report.sample ?? [])}
${when(isStanding, () => howReadView(row, report, report.errors > 0))}`
}

function finding({ status }: ImportRow, report: ImportReport): string {
  const { rows, added, changed, unchanged, contradicting, errors } = report
  const counts = `${formatCount(added)} mới, ${formatCount(changed)} thay đổi, ${formatCount(unchanged)} không đổi, ${formatCount(contradicting)} nói khác`
  if (status === 'done') return `Đã nhập ${formatCount(rows)} dòng: ${counts}.`
  if (errors > 0)
    return `${formatCount(errors)} chỗ phải sửa trong ${formatCount(rows)} dòng; chưa ghi được. Sửa tệp rồi tải lên lại, hoặc chỉnh cách đọc ở dưới.`
  const isNothing = added + changed + contradicting === 0
  return `${formatCount(rows)} dòng đọc được: ${counts}. ${isNothing ? 'Không có gì để ghi.' : 'Chưa có gì được ghi.'}`
}

function applyForm(row: ImportRow, { contradicting }: ImportReport): Html {
  const accept = tickField(
    { typed: {}, refusal: null },
    {
      name: 'accept',
      label: `Sửa theo tệp ${formatCount(contradicting)} dòng nói khác với hệ thống`,
      hint: 'Ghi là đính chính; không chọn thì những dòng này được giữ nguyên.',
    },
  )
  return formView({
    action: `${IMPORTS_PATH}/${row.id}/ghi`,
    state: { typed: {}, refusal: null },
    fields: contradicting > 0 ? accept : html``,
    submit: 'Ghi vào hệ thống',
  })
}
