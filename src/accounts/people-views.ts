import { lastSignInAt } from '../../db/queries/audit.ts'
import { type Catalogue, catalogueOf, type Officer } from '../catalogue/catalogue.ts'
import type { Deps } from '../deps.ts'
import { type LocalDay, localDayOf } from '../domain/calendar/day.ts'
import { formatCount } from '../domain/counting/rate-format.ts'
import { tabs } from '../web/controls.ts'
import { emptyNotice } from '../web/error-page.ts'
import { moment } from '../web/formats.ts'
import { each, type Html, html, when } from '../web/html.ts'
import {
  ACCOUNT_STATES,
  type AccountFilter,
  type AccountState,
  type Holder,
  type ListedAccount,
} from './account-list.ts'
import { heldWords, PEOPLE_HREF, STATE_WORDS, stateTag } from './account-words.ts'
import { PERSON_ROLES } from './give-post.ts'
import { unitOptions } from './post-form.ts'
import { INSTALLATION_ROLES, ROLE_LABELS } from './roles.ts'

/** What the list shows: all, one state, or officers without an account. */
export type PeopleTab = 'all' | AccountState | 'without'

const TABS: readonly PeopleTab[] = ['all', ...ACCOUNT_STATES.toReversed(), 'without']

export function isPeopleTab(text: string): text is PeopleTab {
  return TABS.some((tab) => tab === text)
}

export interface PeopleList {
  readonly filter: AccountFilter
  readonly tab: PeopleTab
  readonly page: number
  readonly hasMore: boolean
  /** All that the filter lets through, for the counts. */
  readonly people: readonly ListedAccount[]
  readonly without: readonly unknown[]
  /** Those of this tab and page. */
  readonly shown: readonly ListedAccount[]
  readonly shownWithout: readonly (Holder & { readonly officer: Officer })[]
}

type ViewDeps = Pick<Deps, 'db' | 'clock'>

export function peopleBody(deps: ViewDeps, list: PeopleList): Html {
  const catalogue = catalogueOf(deps.db)
  const today = localDayOf(deps.clock.now())
  const { filter, tab, page, hasMore } = list
  const choices = TABS.map((each) => ({
    href: hrefOf(filter, each, 1),
    label: `${labelOf(each)} ${formatCount(countOf(list, each))}`,
    current: each === tab,
  }))
  return html`<header class="page-head"><p class="page-kicker"><a href="/quan-tri">Quản trị</a></p><h1>Người dùng</h1></header>
<div class="toolbar">${filterForm(catalogue, today, filter, tab)}<a class="button primary" href="${PEOPLE_HREF}/moi">Tạo tài khoản</a></div>
<div class="toolbar">${tabs('Tình trạng', choices)}</div>
${tab === 'without' ? withoutTable(catalogue, today, list) : peopleTable(deps, catalogue, today, list)}
<nav class="pager" aria-label="Trang">${when(page > 1, () => html`<a class="button" href="${hrefOf(filter, tab, page - 1)}" rel="prev">Trang trước</a>`)}${when(hasMore, () => html`<a class="button" href="${hrefOf(filter, tab, page + 1)}" rel="next">Xem tiếp</a>`)}</nav>`
}

function labelOf(tab: PeopleTab): string {
  if (tab === 'all') return 'Tất cả'
  return tab === 'without' ? 'Cán bộ chưa có tài khoản' : STATE_WORDS[tab].label
}

function countOf({ people, without }: PeopleList, tab: PeopleTab): number {
  if (tab === 'all') return people.length
  return tab === 'without' ? without.length : people.filter(({ state }) => state === tab).length
}

function hrefOf({ words, unit, role }: AccountFilter, tab: PeopleTab, page: number): string {
  const params = new URLSearchParams({
    ...(words !== '' && { q: words }),
    ...(unit !== '' && { unit }),
    ...(role !== '' && { role }),
    ...(tab !== 'all' && { xem: tab }),
    ...(page > 1 && { trang: String(page) }),
  })
  return params.size === 0 ? PEOPLE_HREF : `${PEOPLE_HREF}?${params}`
}

function filterForm(catalogue: Catalogue, today: LocalDay, filter: AccountFilter, tab: PeopleTab): Html {
  const roles = [...PERSON_ROLES, ...INSTALLATION_ROLES].map((role) => ({
    value: role,
    label: ROLE_LABELS[role],
  }))
  const select = (
    name: string,
    label: string,
    blank: string,
    chosen: string,
    options: typeof roles | ReturnType<typeof unitOptions>,
  ) =>
    html`<label class="sr" for="${name}">${label}</label><select id="${name}" name="${name}"><option value="">${blank}</option>${each(options, ({ value, label: words }) => html`<option value="${value}"${when(value === chosen, () => html` selected`)}>${words}</option>`)}</select>`
  return html`<form class="filter people-filter" action="${PEOPLE_HREF}" method="get">
${when(tab !== 'all' && tab, (kept) => html`<input type="hidden" name="xem" value="${kept}">`)}
<label class="sr" for="q">Họ tên hoặc tên đăng nhập</label><input id="q" name="q" type="search" value="${filter.words}" placeholder="Họ tên, tên đăng nhập" autocomplete="off">
${select('unit', 'Đơn vị', 'Tất cả đơn vị', filter.unit, unitOptions(catalogue, today))}
${select('role', 'Vai trò', 'Mọi vai trò', filter.role, roles)}
<button class="button" type="submit">Xem</button></form>`
}

function peopleTable({ db }: ViewDeps, catalogue: Catalogue, today: LocalDay, { shown }: PeopleList): Html {
  if (shown.length === 0)
    return emptyNotice('Không có ai ở đây', 'Bỏ bớt điều kiện lọc, hoặc tạo tài khoản mới.')
  return html`<div class="scroll" role="region" aria-label="Người dùng" tabindex="0"><table class="data people"><caption class="sr">Người dùng</caption>
<thead><tr><th scope="col">Họ tên</th><th scope="col" class="people-username">Tên đăng nhập</th><th scope="col">Vai trò, đơn vị hôm nay</th><th scope="col">Đăng nhập gần nhất</th><th scope="col" class="people-factor">Hai lớp</th><th scope="col">Tình trạng</th></tr></thead>
<tbody>${each(shown, (row) => html`<tr><th scope="row"><a href="${PEOPLE_HREF}/${row.account.username}">${row.name}</a></th><td class="people-username">${row.account.username}</td><td>${heldView(catalogue, row, today)}</td><td>${lastView(lastSignInAt(db, row.account.officerId))}</td><td class="people-factor">${row.account.totpConfirmedAt === null ? html`<span class="muted">chưa bật</span>` : 'đã bật'}</td><td>${stateTag(row.state)}</td></tr>`)}</tbody></table></div>`
}

function lastView(at: number | null): Html {
  return at === null ? html`<span class="muted">chưa lần nào</span>` : html`<time>${moment(at)}</time>`
}

function heldView(catalogue: Catalogue, holder: Holder, today: LocalDay): Html {
  const words = heldWords(catalogue, holder, today)
  return words.length === 0
    ? html`<span class="muted">–</span>`
    : html`${each(words, (line) => html`<span class="held">${line}</span>`)}`
}

function withoutTable(catalogue: Catalogue, today: LocalDay, { shownWithout }: PeopleList): Html {
  if (shownWithout.length === 0)
    return emptyNotice('Không có ai ở đây', 'Mọi cán bộ đang giữ vị trí đều đã có tài khoản.')
  return html`<div class="scroll" role="region" aria-label="Cán bộ chưa có tài khoản" tabindex="0"><table class="data people"><caption class="sr">Cán bộ chưa có tài khoản</caption>
<thead><tr><th scope="col">Họ tên</th><th scope="col">Vai trò, đơn vị hôm nay</th><th scope="col"><span class="sr">Việc</span></th></tr></thead>
<tbody>${each(shownWithout, (row) => html`<tr><th scope="row">${row.name}</th><td>${heldView(catalogue, row, today)}</td><td class="acts"><a href="${PEOPLE_HREF}/moi?can-bo=${encodeURIComponent(row.officer.key)}">Tạo tài khoản</a></td></tr>`)}</tbody></table></div>`
}
