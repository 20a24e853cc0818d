import type { FastifyReply, FastifyRequest } from 'fastify'
import { type QueueRow, queueCounts, queueRows } from '../../db/queries/work-queue.ts'
import { may } from '../accounts/access.ts'
import { absentOn } from '../accounts/posts.ts'
import { seenUnits } from '../accounts/seen-units.ts'
import { type Catalogue, catalogueOf } from '../catalogue/catalogue.ts'
import { unitChoices } from '../catalogue/unit-choices.ts'
import { localDayOf } from '../domain/calendar/day.ts'
import type { PageOptions } from '../page-options.ts'
import { actorOf } from '../web/actor.ts'
import { tabs } from '../web/controls.ts'
import type { Option } from '../web/forms.ts'
import { type Html, html, NOTHING, when } from '../web/html.ts'
import type { Show } from '../web/layout.ts'
import type { Chosen, ManyAct } from './act-on-many.ts'
import { type BulkState, bulkBar, bulkOutcome } from './queue-bulk-view.ts'
import { queueCountsView } from './queue-counts-view.ts'
import { filterChips, filterForm } from './queue-filters-view.ts'
import { NOTHING_IN, SCOPE_LABELS, VIEW_LABELS } from './queue-labels.ts'
import { type OfficerGroup, officersIn } from './queue-officers.ts'
import { firstScope, SCOPES, type ScopeName, scopesOf } from './queue-scope.ts'
import { queueTable } from './queue-table.ts'
import { transitView } from './queue-transit.ts'
import { ownViews } from './saved-views.ts'
import { savedViewsBar } from './saved-views-view.ts'
import {
  askText,
  filterOf,
  QUEUE_PAGE,
  type QueueAsk,
  type QueueParams,
  queueHref,
  readAsk,
} from './work-queue-query.ts'

const PAGE_SIZE = 50

/** Lists beside those that are counted. */
const MORE_VIEWS = ['urgent', 'open', 'paused', 'newest'] as const

interface Around extends BulkState {
  readonly chosen: readonly Pick<Chosen, 'id'>[]
  readonly notice: Html
  readonly status: number
}

type Showing = Pick<PageOptions, 'deps'> & { readonly show: Show }

/** The list, from its own address or from one of earlier under `/ho-so`, where everything is meant. */
export function showQueue(
  { deps, show }: Showing,
  request: FastifyRequest<{ Querystring: QueueParams }>,
  reply: FastifyReply,
  around?: Around,
): FastifyReply {
  const { db, clock } = deps
  const actor = actorOf(request)
  const catalogue = catalogueOf(db)
  const now = clock.now()
  const today = localDayOf(now)
  const scopes = scopesOf(deps, actor)
  const isOwn = request.routeOptions.url === QUEUE_PAGE
  const ask = within(scopes, readAsk(request.query, isOwn ? firstScope(deps, scopes) : 'all'))
  const filter = filterOf(deps, scopes[ask.scope] ?? { kind: 'all' }, ask)
  const counts = queueCounts(db, filter)
  const rows = queueRows(db, { ...ask, ...filter, limit: PAGE_SIZE + 1 })
  const page = rows.slice(0, PAGE_SIZE)
  const last = rows.length > PAGE_SIZE ? page.at(-1) : undefined
  const groups = officersIn(catalogue, unitsIn(page), today)
  const seen = seenUnits(deps, actor)
  const isSeen = (key: string) => seen === null || seen.has(catalogue.unitByKey.get(key)?.id ?? 0)
  const choices = {
    catalogue,
    today,
    officers: filterOfficers(officersIn(catalogue, seenIn(page, seen), today), catalogue, ask),
    units: unitChoices(catalogue, today)
      .filter(({ key }) => isSeen(key))
      .map(({ key, name }) => ({ value: key, label: name })),
  }
  const choose = may(actor, 'dossiers_write') && page.length > 0
  const table = queueTable(page, {
    catalogue,
    ask,
    now,
    caption: `${VIEW_LABELS[ask.view]}, ${SCOPE_LABELS[ask.scope].toLowerCase()}`,
    choose,
    chosen: new Set(around?.chosen.map(({ id }) => id)),
    absent: actor.officerId === null ? [] : absentOn(catalogue, actor.officerId, today),
  })
  const bulk = { once: around?.once, assignee: around?.assignee }
  const list = choose
    ? html`<form class="queue-form" method="post" action="${queueHref(ask)}">${table}${bulkBar(groups, bulk)}</form>`
    : table
  const title = ask.scope === 'all' ? 'Hồ sơ' : ask.scope === 'mine' ? 'Việc của tôi' : 'Việc của đơn vị'
  const body = html`<header class="page-head with-filter"><h1>${title}</h1>${scopeTabs(scopes, ask)}</header>
${around?.notice ?? doneNotice(request.query['done'])}
${queueCountsView(deps, counts, ask)}
<div class="toolbar queue-bar"><h2>${VIEW_LABELS[ask.view]}</h2>${tabs('Danh sách khác', moreViews(ask))}</div>
<div class="queue-tools">${filterForm(ask, choices)}${savedViewsBar(ownViews(deps, actor), askText({ ...ask, after: undefined }))}${when(ask.view === 'submitted' && page.length > 0 && may(actor, 'dossiers_write'), () => html`<a class="button primary" href="/truc-tuyen">Tiếp nhận lần lượt</a>`)}</div>
${filterChips(ask, choices)}
${when(ask.view === 'in_transit' && page.length > 0, () => transitView(deps, filter.scope, counts.onTheWay))}
${page.length === 0 ? NOTHING_IN[ask.view] : list}
<nav class="pager" aria-label="Trang">${when(ask.after, () => html`<a class="button" href="${queueHref({ ...ask, after: undefined })}">Về đầu danh sách</a>`)}${when(last, ({ mark, id }) => html`<a class="button" href="${queueHref({ ...ask, after: { mark, id } })}" rel="next">Xem tiếp</a>`)}</nav>
${page.length === 0 ? NOTHING : KEYS}`
  return show(reply, {
    title: `${title}: ${VIEW_LABELS[ask.view]}`,
    area: '/ho-so',
    body,
    status: around?.status ?? 200,
  })
}

const KEYS = html`<p class="key-hints" data-key-hints hidden><span><kbd>j</kbd> <kbd>k</kbd> xuống, lên</span><span><kbd>Enter</kbd> mở</span><span><kbd>x</kbd> chọn</span><span><kbd>Shift</kbd> <kbd>x</kbd> chọn cả đoạn</span><span><kbd>a</kbd> giao</span></p>`

/** A scope somebody does not have is read as the widest. */
function within(scopes: ReturnType<typeof scopesOf>, ask: QueueAsk): QueueAsk {
  return scopes[ask.scope] === undefined ? { ...ask, scope: 'all' } : ask
}

function scopeTabs(scopes: ReturnType<typeof scopesOf>, ask: QueueAsk): Html {
  const offered = SCOPES.filter((name) => scopes[name] !== undefined)
  const item = (name: ScopeName) => ({
    href: queueHref({ ...ask, scope: name, after: undefined }),
    label: SCOPE_LABELS[name],
    current: name === ask.scope,
  })
  return offered.length < 2 ? NOTHING : tabs('Phạm vi', offered.map(item))
}

function moreViews(ask: QueueAsk) {
  const views = MORE_VIEWS.filter((view) => view !== 'newest' || ask.scope !== 'mine')
  return views.map((view) => ({
    href: queueHref({ ...ask, view, sort: 'due', backwards: false, after: undefined }),
    label: VIEW_LABELS[view],
    current: view === ask.view,
  }))
}

function unitsIn(rows: readonly QueueRow[]): ReadonlySet<number> {
  return new Set(
    rows.flatMap(({ unitId, holderUnitId, receivingUnitId }) => [unitId, holderUnitId, receivingUnitId]),
  )
}

function seenIn(rows: readonly QueueRow[], seen: ReadonlySet<number> | null): ReadonlySet<number> {
  const units = unitsIn(rows)
  return seen === null ? units : units.intersection(seen)
}

/** Each once, though somebody may work for several units; who is chosen stays in the list without any dossier. */
function filterOfficers(
  groups: readonly OfficerGroup[],
  { officerByKey }: Catalogue,
  { filters }: QueueAsk,
): readonly Option[] {
  const chosen = officerByKey.get(filters.assignee ?? '')
  const all = [
    ...(chosen === undefined ? [] : [{ value: chosen.key, label: chosen.name }]),
    ...groups.flatMap(({ officers }) => officers),
  ]
  return [...new Map(all.map((each) => [each.value, each])).values()].toSorted((a, b) =>
    a.label.localeCompare(b.label, 'vi'),
  )
}

function doneNotice(done: string | undefined): Html {
  const [, act, n] = /^(assign|transfer)\.(\d{1,3})$/.exec(done ?? '') ?? []
  return act === undefined ? NOTHING : bulkOutcome(act as ManyAct, Number(n), [], () => NOTHING)
}
