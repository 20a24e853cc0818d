import { auditHead } from '../../db/queries/audit.ts'
import { lastRoot } from '../../db/queries/audit-roots.ts'
import { catalogueOf } from '../catalogue/catalogue.ts'
import type { Deps } from '../deps.ts'
import { formatCount } from '../domain/counting/rate-format.ts'
import { dossierHref } from '../dossiers/dossier-table.ts'
import { emptyNotice } from '../web/error-page.ts'
import { fullDay, moment } from '../web/formats.ts'
import { choiceField, type FormState, inputField, refusalView, type Typed } from '../web/forms.ts'
import { each, type Html, html, when } from '../web/html.ts'
import { dossierName } from './audit-csv.ts'
import { SYSTEM_WORD } from './entry-words.ts'
import { AUDIT_KINDS } from './kinds.ts'
import { lastProof } from './last-proof.ts'
import type { ToldEntry } from './told-entry.ts'

export const HREF = '/quan-tri/nhat-ky'

export interface ShownEntries {
  readonly entries: readonly ToldEntry[]
  /** Where the next page begins; null: there is none. */
  readonly next: number | null
  /** Whoever reads may open dossiers. */
  readonly opens: boolean
}

type ViewDeps = Pick<Deps, 'db' | 'clock'>

export function auditBody(deps: ViewDeps, state: FormState, { entries, next, opens }: ShownEntries): Html {
  const { typed } = state
  const more = when(
    next,
    (before) =>
      html`<a class="button" href="${hrefOf(typed, { truoc: String(before) })}" rel="next">Xem tiếp</a>`,
  )
  const back = when(typed['truoc'], () => html`<a class="button" href="${hrefOf(typed)}">Về mục mới nhất</a>`)
  return html`<header class="page-head"><h1>Nhật ký kiểm tra</h1><p class="lead">Mỗi mục mang mã băm của mục trước: sửa, xoá hay chèn mục nào thì chuỗi đứt ở mục đó. Chỉ ghi số, ngày và mã; tên đọc ở đây là tên hôm nay.</p></header>
${standing(deps)}
${filterForm(deps, state)}
${entries.length === 0 ? nothing(state, next) : entryTable(entries, opens)}
<nav class="pager" aria-label="Trang">${back}${more}</nav>`
}

/** How long the chain is, when it was last proven, and where it stood at the end of the last day. */
function standing({ db }: ViewDeps): Html {
  const head = auditHead(db)
  const proof = lastProof(db)
  const root = lastRoot(db)
  return html`<dl class="audit-standing">
<div><dt>Số mục</dt><dd>${formatCount(head?.id ?? 0)}</dd></div>
<div><dt>Chứng minh lần cuối</dt><dd>${proof === null ? html`<span class="muted">chưa lần nào; tự chạy lúc 00:05</span>` : html`<time>${moment(proof.at)}</time>, đến mục ${formatCount(proof.through)}`}</dd></div>
<div><dt>Gốc ngày gần nhất</dt><dd>${root === null ? html`<span class="muted">chưa có</span>` : html`${fullDay(root.day)}, ${root.lastId === 0 ? 'trước mục đầu tiên' : html`mục ${formatCount(root.lastId)} <code title="${root.hash.toString('hex')}">${root.hash.toString('hex').slice(0, 16)}…</code>`}`}</dd></div>
</dl>`
}

const KIND_OPTIONS = Object.entries(AUDIT_KINDS).map(([value, label]) => ({ value, label }))

function filterForm({ db }: ViewDeps, state: FormState): Html {
  const names = [...new Set(catalogueOf(db).officers.map(({ name }) => name))]
  return html`<form class="form audit-filter" method="get" action="${HREF}">
${refusalView(state)}
<div class="audit-fields">${choiceField(state, { name: 'kind', label: 'Loại', blank: 'Mọi loại', options: KIND_OPTIONS })}${inputField(state, { name: 'person', label: 'Người', list: 'audit-people' })}${inputField(state, { name: 'dossier', label: 'Mã hồ sơ' })}${inputField(state, { name: 'from', label: 'Từ ngày', type: 'date' })}${inputField(state, { name: 'to', label: 'Đến ngày', type: 'date' })}<p class="audit-end"><button class="button primary" type="submit">Lọc</button><a class="button" href="${hrefOf(state.typed, {}, `${HREF}/tep.csv`)}">Tải CSV</a></p></div>
<datalist id="audit-people"><option value="${SYSTEM_WORD}"></option>${each(names, (name) => html`<option value="${name}"></option>`)}</datalist>
</form>`
}

function entryTable(entries: readonly ToldEntry[], opens: boolean): Html {
  return html`<div class="scroll" role="region" aria-label="Các mục" tabindex="0"><table class="data audit"><caption class="sr">Các mục của nhật ký, mới nhất trước</caption>
<thead><tr><th scope="col" class="n">Mục</th><th scope="col">Lúc</th><th scope="col">Ai</th><th scope="col">Việc</th><th scope="col">Chi tiết</th><th scope="col">Hồ sơ</th><th scope="col">Mã băm</th></tr></thead>
<tbody>${each(entries, (entry) => entryLine(entry, opens))}</tbody></table></div>`
}

function entryLine({ id, at, who, what, details, dossier, mark }: ToldEntry, opens: boolean): Html {
  const code = dossier === null ? '–' : dossierName(dossier)
  return html`<tr><td class="n">${id}</td><td class="nowrap"><time>${moment(at)}</time></td><td>${who}</td><th scope="row">${what}</th><td class="audit-details">${details || '–'}</td><td class="nowrap">${dossier !== null && opens ? html`<a class="code" href="${dossierHref(dossier)}">${code}</a>` : code}</td><td><code>${mark}</code></td></tr>`
}

function nothing({ refusal }: FormState, next: number | null): Html {
  if (refusal !== null) return html``
  return next === null
    ? emptyNotice('Không có mục nào như vậy', 'Bớt một điều kiện lọc, hoặc nới rộng khoảng ngày.')
    : emptyNotice(
        'Chưa thấy mục nào trong phần vừa xem',
        `Các mục cũ hơn số ${formatCount(next)} chưa được xem: bấm “Xem tiếp”, hoặc chọn khoảng ngày.`,
      )
}

/** The same filter at another place. */
function hrefOf(typed: Typed, place: Readonly<Record<string, string>> = {}, path = HREF): string {
  const kept = ['kind', 'person', 'dossier', 'from', 'to'].flatMap((name) => {
    const value = typed[name]
    return value === undefined || value === '' ? [] : [[name, value] as const]
  })
  const query = new URLSearchParams({ ...Object.fromEntries(kept), ...place }).toString()
  return query === '' ? path : `${path}?${query}`
}
