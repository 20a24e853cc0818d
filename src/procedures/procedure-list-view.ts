import type { Db } from '../../db/open.ts'
import { type Catalogue, catalogueOf } from '../catalogue/catalogue.ts'
import { formatCount } from '../domain/counting/rate-format.ts'
import { describeLimit, parseLimit } from '../domain/deadlines/time-limit.ts'
import { emptyNotice } from '../web/error-page.ts'
import { each, type Html, html, when } from '../web/html.ts'
import type { ListedProcedure, ProcedureFilter } from './list-procedures.ts'

export const PROCEDURES_HREF = '/quan-tri/thu-tuc'

export const LEVEL_LABELS = { commune: 'Xã', district: 'Huyện' } as const

export interface ProcedureList {
  readonly filter: ProcedureFilter
  readonly count: number
  readonly page: number
  readonly shown: readonly ListedProcedure[]
  readonly hasMore: boolean
  readonly mayChange: boolean
}

export function listBody(db: Db, list: ProcedureList): Html {
  const catalogue = catalogueOf(db)
  const { count, page, hasMore, filter, mayChange } = list
  return html`<header class="page-head"><p class="page-kicker"><a href="/quan-tri">Quản trị</a></p><h1>${formatCount(count)} thủ tục</h1></header>
<div class="toolbar">${filterForm(catalogue, filter)}</div>
<div class="toolbar">${when(mayChange, () => html`<a class="button" href="${PROCEDURES_HREF}/nhap">Nhập từ bảng tính</a>`)}<a class="button" href="${PROCEDURES_HREF}/tep?dang=xlsx">Tải Excel</a><a class="button" href="${PROCEDURES_HREF}/tep?dang=csv">Tải CSV</a></div>
${list.shown.length === 0 ? emptyNotice('Không có thủ tục nào khớp', 'Bỏ bớt điều kiện lọc, hoặc tìm theo mã.') : listTable(catalogue, list)}
<nav class="pager" aria-label="Trang">${when(page > 1, () => html`<a class="button" href="${hrefOf(filter, page - 1)}" rel="prev">Trang trước</a>`)}${when(hasMore, () => html`<a class="button" href="${hrefOf(filter, page + 1)}" rel="next">Xem tiếp</a>`)}</nav>`
}

function hrefOf({ words, field, level, online, unverified }: ProcedureFilter, page: number): string {
  const params = new URLSearchParams({
    ...(words !== '' && { q: words }),
    ...(field !== '' && { linh_vuc: field }),
    ...(level !== '' && { cap: level }),
    ...(online !== '' && { muc: online }),
    ...(unverified && { chua: '1' }),
    ...(page > 1 && { trang: String(page) }),
  })
  return params.size === 0 ? PROCEDURES_HREF : `${PROCEDURES_HREF}?${params}`
}

function filterForm(catalogue: Catalogue, filter: ProcedureFilter): Html {
  const fields = catalogue.fields
    .toSorted((a, b) => a.name.localeCompare(b.name, 'vi'))
    .map(({ slug, name }) => [slug, name] as const)
  const online = [
    ['4', 'Mức độ 4'],
    ['3', 'Mức độ 3'],
    ['2', 'Mức độ 2'],
    ['0', 'Không trực tuyến'],
  ] as const
  return html`<form class="filter people-filter" action="${PROCEDURES_HREF}" method="get">
<label class="sr" for="q">Mã hoặc tên thủ tục</label><input id="q" name="q" type="search" value="${filter.words}" placeholder="Mã hoặc tên thủ tục" autocomplete="off">
${select('linh_vuc', 'Lĩnh vực', 'Mọi lĩnh vực', filter.field, fields)}
${select('cap', 'Cấp', 'Mọi cấp', filter.level, Object.entries(LEVEL_LABELS))}
${select('muc', 'Mức độ trực tuyến', 'Mọi mức độ', filter.online, online)}
<span class="filter-tick"><input id="chua" name="chua" type="checkbox" value="1"${when(filter.unverified, () => html` checked`)}><label for="chua">Chưa xác minh</label></span>
<button class="button" type="submit">Xem</button></form>`
}

function select(
  name: string,
  label: string,
  blank: string,
  chosen: string,
  options: readonly (readonly [value: string, label: string])[],
): Html {
  return html`<label class="sr" for="${name}">${label}</label><select id="${name}" name="${name}"><option value="">${blank}</option>${each(options, ([value, words]) => html`<option value="${value}"${when(value === chosen, () => html` selected`)}>${words}</option>`)}</select>`
}

function listTable(catalogue: Catalogue, { shown }: ProcedureList): Html {
  return html`<div class="scroll" role="region" aria-label="Thủ tục" tabindex="0"><table class="data procedures"><caption class="sr">Thủ tục, theo lĩnh vực</caption>
<thead><tr><th scope="col">Thủ tục</th><th scope="col">Mã</th><th scope="col" class="procedure-field">Lĩnh vực</th><th scope="col" class="procedure-level">Cấp</th><th scope="col" class="procedure-online">Trực tuyến</th><th scope="col">Thời hạn</th></tr></thead>
<tbody>${each(shown, ({ procedure, version, level }) => html`<tr><th scope="row"><a href="${PROCEDURES_HREF}/${encodeURIComponent(procedure.code)}">${procedure.name}</a>${when(!version.verified, unverifiedTag)}</th><td>${procedure.code}</td><td class="procedure-field">${catalogue.fieldById.get(procedure.fieldId)?.name ?? '–'}</td><td class="procedure-level">${LEVEL_LABELS[level]}</td><td class="procedure-online">${version.onlineLevel === null ? '–' : `Mức ${version.onlineLevel}`}</td><td class="procedure-limit">${describeLimit(parseLimit(version.limitText))}</td></tr>`)}</tbody></table></div>`
}

/** The facts were not held against their source. */
export function unverifiedTag(): Html {
  return html` <span class="tag due_soon">chưa xác minh</span>`
}
