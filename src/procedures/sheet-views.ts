import { formatCount } from '../domain/counting/rate-format.ts'
import { describeLimit, parseLimit } from '../domain/deadlines/time-limit.ts'
import { fullDay } from '../web/formats.ts'
import { type FormState, formView, refusalView } from '../web/forms.ts'
import { each, type Html, html, NOTHING, when } from '../web/html.ts'
import type { PlannedRow, RowKind, SheetPlan, SheetProblem } from './plan-sheet.ts'
import { PROCEDURES_HREF } from './procedure-list-view.ts'
import { labelsOf } from './procedure-view.ts'
import { PROCEDURE_COLUMN_NAMES, PROCEDURE_COLUMNS } from './sheet-columns.ts'

const KIND_LABELS = {
  new_procedure: 'Thủ tục mới',
  new_version: 'Phiên bản mới',
  verified: 'Xác minh',
  unchanged: 'Không đổi',
} as const satisfies Record<RowKind, string>

/** Of a long sheet the first problems and rows are shown. */
const SHOWN = 200

const HEAD = html`<p class="page-kicker"><a href="/quan-tri">Quản trị</a><a href="${PROCEDURES_HREF}">Thủ tục</a></p>`

export function sheetUploadBody(state: FormState, mostMib: number): Html {
  return html`<header class="page-head">${HEAD}<h1>Nhập thủ tục từ bảng tính</h1><p class="lead">Mỗi dòng là một phiên bản của một thủ tục. Tải lên để xem trước; chưa có gì được ghi.</p></header>
<form class="form" method="post" action="${PROCEDURES_HREF}/nhap" enctype="multipart/form-data">
${refusalView(state)}
<div class="field"><label for="f-file">Tệp CSV hoặc Excel</label><input id="f-file" name="file" type="file" accept=".csv,.txt,.xlsx,.xlsm,.xls" required aria-describedby="h-file"><small id="h-file">Tối đa ${mostMib} MiB. Tiêu đề bằng tiếng Việt hoặc tên cột như limit, valid_from; cột không có thì giữ như phiên bản trước, ô trống là không có.</small></div>
<p class="form-end"><button class="button primary" type="submit">Tải lên và xem trước</button></p>
</form>
<section><h2>Bắt đầu từ đâu</h2><p>Tải <a href="${PROCEDURES_HREF}/tep?dang=xlsx">danh mục đang có</a>, thêm dòng cho phiên bản mới rồi tải lên; hoặc từ <a href="${PROCEDURES_HREF}/mau?dang=xlsx">tệp mẫu Excel</a>, <a href="${PROCEDURES_HREF}/mau?dang=csv">tệp mẫu CSV</a>.</p></section>
<section><h2>Các cột</h2><div class="scroll" role="region" aria-label="Các cột" tabindex="0"><table class="data"><caption class="sr">Các cột của bảng</caption><thead><tr><th scope="col">Tiêu đề</th><th scope="col">Tên cột</th></tr></thead><tbody>${each(PROCEDURE_COLUMN_NAMES, (column) => html`<tr><th scope="row">${PROCEDURE_COLUMNS[column].label}</th><td>${column}</td></tr>`)}</tbody></table></div></section>`
}

interface ShownPlan {
  readonly plan: SheetPlan
  /** The rows, to be sent back. */
  readonly sheet: string
  /** Of the catalogue that was looked at. */
  readonly version: number
  readonly state: FormState
}

/** What the sheet would do, and the button that does it where nothing stands against it. */
export function sheetPlanBody({ plan, sheet, version, state }: ShownPlan): Html {
  const { rows, problems } = plan
  const changes = rows.filter(({ kind, nameBefore }) => kind !== 'unchanged' || nameBefore !== null)
  const canApply = problems.length === 0 && changes.length > 0
  return html`<header class="page-head">${HEAD}<h1>${headingOf(plan, changes.length)}</h1><p class="lead">${countsOf(rows)} Xem trước, chưa ghi gì.</p></header>
${canApply ? applyForm({ plan, sheet, version, state }) : refusalView(state)}
${when(problems.length > 0, () => problemTable(problems))}
${when(changes.length > 0, () => changeTable(changes))}
<p class="notice-links"><a href="${PROCEDURES_HREF}/nhap">Tải tệp khác</a></p>`
}

function headingOf({ rows, problems }: SheetPlan, changes: number): string {
  if (problems.length > 0) return `${formatCount(problems.length)} chỗ phải sửa`
  return changes === 0
    ? `${formatCount(rows.length)} dòng, không có gì để ghi`
    : `${formatCount(changes)} dòng sẽ ghi`
}

function countsOf(rows: readonly PlannedRow[]): string {
  const count = (kind: RowKind) => rows.filter((row) => row.kind === kind).length
  const counts = (Object.keys(KIND_LABELS) as RowKind[])
    .filter((kind) => count(kind) > 0)
    .map((kind) => `${formatCount(count(kind))} ${KIND_LABELS[kind].toLowerCase()}`)
  return counts.length === 0 ? '' : `${counts.join(', ')}.`
}

function applyForm({ plan, sheet, version, state }: ShownPlan): Html {
  const renamed = new Set(plan.rows.filter(({ nameBefore }) => nameBefore !== null).map(({ code }) => code))
  const names = html`<p>${formatCount(renamed.size)} thủ tục đổi tên. Tên không có ngày áp dụng: tên mới hiện ngay ở mọi hồ sơ và báo cáo, cả của những năm trước; giấy tờ đã lập giữ tên cũ.</p>`
  return formView({
    action: `${PROCEDURES_HREF}/nhap/ghi`,
    state,
    fields: html`<input type="hidden" name="sheet" value="${sheet}"><input type="hidden" name="version" value="${version}"><p>Phiên bản mới áp dụng cho hồ sơ nhận từ ngày của dòng; không hồ sơ nào đang giải quyết chuyển hạn. Ghi tất cả hoặc không ghi gì.</p>${renamed.size === 0 ? NOTHING : names}`,
    submit: 'Ghi vào danh mục',
  })
}

function problemTable(problems: readonly SheetProblem[]): Html {
  return html`<section><h2>Phải sửa trong tệp</h2><div class="scroll" role="region" aria-label="Phải sửa" tabindex="0"><table class="data sheet-problems"><caption class="sr">Những ô phải sửa</caption>
<thead><tr><th scope="col" class="n">Dòng</th><th scope="col">Cột</th><th scope="col">Ô đang ghi</th><th scope="col">Cách sửa</th></tr></thead>
<tbody>${each(problems.slice(0, SHOWN), ({ row, column, text, sentence }) => html`<tr><td class="n">${row}</td><th scope="row">${PROCEDURE_COLUMNS[column].label}</th><td class="sheet-cell">${text === '' ? html`<span class="muted">trống</span>` : text.slice(0, 120)}</td><td class="sheet-sentence">${sentence}</td></tr>`)}</tbody></table></div>${when(problems.length > SHOWN, () => html`<p class="muted">Còn ${formatCount(problems.length - SHOWN)} chỗ nữa.</p>`)}</section>`
}

function changeTable(rows: readonly PlannedRow[]): Html {
  return html`<section><h2>Từng dòng</h2><div class="scroll" role="region" aria-label="Từng dòng" tabindex="0"><table class="data sheet-rows"><caption class="sr">Dòng của tệp và việc sẽ làm</caption>
<thead><tr><th scope="col" class="n">Dòng</th><th scope="col">Thủ tục</th><th scope="col">Việc</th><th scope="col">Từ ngày</th><th scope="col">Thời hạn</th><th scope="col">Khác trước</th></tr></thead>
<tbody>${each(rows.slice(0, SHOWN), (row) => html`<tr><td class="n">${row.row}</td><th scope="row">${row.name}<small>${row.code}</small></th><td>${KIND_LABELS[row.kind]}${when(row.nameBefore ?? undefined, (before) => html`, đổi tên<small>tên cũ: ${before}</small>`)}</td><td>${fullDay(row.from)}</td><td>${describeLimit(parseLimit(row.facts.limit))}</td><td class="sheet-sentence">${row.changed.length === 0 ? '–' : labelsOf(row.changed)}</td></tr>`)}</tbody></table></div>${when(rows.length > SHOWN, () => html`<p class="muted">Còn ${formatCount(rows.length - SHOWN)} dòng nữa.</p>`)}</section>`
}
