import type { FastifyInstance, FastifyReply } from 'fastify'
import {
  DOSSIER_VIEWS,
  type DossierRow,
  type DossierView,
  dossierRows,
  dossiersByCode,
  dossiersByName,
} from '../../db/queries/dossier-rows.ts'
import { findDossierByCode } from '../../db/queries/dossiers.ts'
import { may } from '../accounts/access.ts'
import { absentOn } from '../accounts/posts.ts'
import { seenUnitFilter } from '../accounts/seen-choices.ts'
import { mustSee, seenDossiers } from '../accounts/seen-units.ts'
import { catalogueOf } from '../catalogue/catalogue.ts'
import type { Actor, Deps } from '../deps.ts'
import { addWorkingDays } from '../domain/calendar/calendar.ts'
import { localDayOf } from '../domain/calendar/day.ts'
import { fold } from '../fold.ts'
import { scopeUnits } from '../reports/scope.ts'
import { actorOf } from '../web/actor.ts'
import { tabs } from '../web/controls.ts'
import { emptyNotice } from '../web/error-page.ts'
import { type Html, html, when } from '../web/html.ts'
import type { Show } from '../web/layout.ts'
import { dossierHref, dossierTable } from './dossier-table.ts'
import { SOON_WORKING_DAYS } from './due-standing.ts'

interface Query {
  readonly q?: string
  readonly view?: string
  readonly unit?: string
  readonly after?: string
}

const PAGE_SIZE = 50

const VIEW_LABELS = {
  urgent: 'Cần gấp nhất',
  mine: 'Tôi thụ lý',
  overdue: 'Quá hạn',
  today: 'Hạn hôm nay',
  soon: 'Trong 2 ngày',
  paused: 'Tạm dừng',
  open: 'Đang giải quyết',
  submitted: 'Trực tuyến chờ nhận',
  result_ready: 'Chờ trả kết quả',
  newest: 'Mới nhất',
} as const satisfies Record<DossierView, string>

/** `/ho-so`: find one dossier, or read the desk's lists by urgency. */
export function dossierListPage(app: FastifyInstance, deps: Deps, show: Show): void {
  app.get<{ Querystring: Query }>('/ho-so', (request, reply) => {
    const q = request.query.q?.trim() ?? ''
    const reader = { deps, actor: actorOf(request) }
    return q === '' ? showList(reader, show, reply, request.query) : showFound(reader, show, reply, q)
  })
}

/** Who reads: of the dossiers of others nothing is listed. */
interface Reader {
  readonly deps: Deps
  readonly actor: Actor
}

function showList({ deps, actor }: Reader, show: Show, reply: FastifyReply, query: Query) {
  const catalogue = catalogueOf(deps.db)
  const today = localDayOf(deps.clock.now())
  const views = DOSSIER_VIEWS.filter((name) => name !== 'mine' || may(actor, 'dossiers_write'))
  const view = views.find((name) => name === query.view) ?? 'urgent'
  const own = actor.officerId ?? 0
  const unit = query.unit || undefined
  const rows = dossierRows(deps.db, {
    view,
    unitIds: scopeUnits(catalogue, unit, today),
    officerIds: [own, ...absentOn(catalogue, own, today)],
    seen: seenDossiers(deps, actor),
    today,
    soon: addWorkingDays(catalogue.calendar(null), today, SOON_WORKING_DAYS),
    after: readCursor(query.after),
    limit: PAGE_SIZE + 1,
  })
  const page = rows.slice(0, PAGE_SIZE)
  const last = rows.length > PAGE_SIZE ? page.at(-1) : undefined
  const href = (to: DossierView, after?: DossierRow) => listHref(to, unit, after)
  const holderOf = ({ assigneeId }: DossierRow) =>
    assigneeId === own
      ? html`tôi`
      : html`<span class="tag paused">thay ${catalogue.officerById.get(assigneeId ?? 0)?.name ?? ''}</span>`
  const choices = views.map((name) => ({
    href: href(name),
    label: VIEW_LABELS[name],
    current: name === view,
  }))
  const keep: Readonly<Record<string, string>> = view === 'urgent' ? {} : { view }
  const body = html`<header class="page-head with-filter"><h1>Hồ sơ</h1>${seenUnitFilter(deps, actor, '/ho-so', unit, keep)}</header>
<div class="toolbar">${tabs('Danh sách', choices)}</div>
${page.length === 0 ? NONE[view] : dossierTable(page, { catalogue, today, caption: `Hồ sơ: ${VIEW_LABELS[view]}`, ...(view === 'mine' && { holderOf }) })}
<nav class="pager" aria-label="Trang">${when(query.after, () => html`<a class="button" href="${href(view)}">Về đầu danh sách</a>`)}${when(last, (row) => html`<a class="button" href="${href(view, row)}" rel="next">Xem tiếp</a>`)}</nav>`
  return show(reply, { title: `Hồ sơ: ${VIEW_LABELS[view]}`, area: '/ho-so', body })
}

export function listHref(view: DossierView, unit?: string, after?: DossierRow): string {
  const params = new URLSearchParams({
    ...(view !== 'urgent' && { view }),
    ...(unit !== undefined && { unit }),
    ...(after !== undefined && { after: `${after.sortKey}.${after.id}` }),
  })
  const text = params.toString()
  return text === '' ? '/ho-so' : `/ho-so?${text}`
}

function readCursor(text: string | undefined) {
  const parts = /^(\d{1,16})\.(\d{1,16})$/.exec(text ?? '')
  return parts === null ? undefined : { sortKey: Number(parts[1]), id: Number(parts[2]) }
}

const NONE = {
  urgent: emptyNotice(
    'Không có hồ sơ nào cần gấp',
    'Mọi hồ sơ đã tiếp nhận đều đã có kết quả hoặc đang tạm dừng.',
  ),
  overdue: emptyNotice('Không có hồ sơ quá hạn', 'Mọi hồ sơ đang giải quyết đều còn trong hạn.'),
  today: emptyNotice('Không có hồ sơ hết hạn hôm nay', 'Xem danh sách “Trong 2 ngày” để biết việc sắp tới.'),
  soon: emptyNotice(
    'Không có hồ sơ hết hạn trong 2 ngày làm việc tới',
    'Xem danh sách “Cần gấp nhất” để biết việc tiếp theo.',
  ),
  mine: emptyNotice(
    'Ông/bà không thụ lý hồ sơ nào',
    'Hồ sơ được giao cho ông/bà, hoặc cho người mà ông/bà đang thay, sẽ hiện ở đây.',
  ),
  open: emptyNotice('Không còn hồ sơ nào đang giải quyết', 'Mọi hồ sơ đã tiếp nhận đều đã có kết quả.'),
  paused: emptyNotice(
    'Không có hồ sơ tạm dừng',
    'Không hồ sơ nào đang chờ bổ sung, nghĩa vụ tài chính, xác minh hay ý kiến.',
  ),
  submitted: emptyNotice(
    'Không có hồ sơ trực tuyến chờ tiếp nhận',
    'Hồ sơ nộp trực tuyến sẽ hiện ở đây cho đến khi được tiếp nhận.',
  ),
  result_ready: emptyNotice('Không có kết quả nào chờ trả', 'Mọi kết quả đã được trao cho người nộp.'),
  newest: emptyNotice('Chưa có hồ sơ nào', 'Hồ sơ được tiếp nhận sẽ hiện ở đây.'),
} as const satisfies Record<DossierView, Html>

function showFound(reader: Reader, show: Show, reply: FastifyReply, q: string) {
  const { deps, actor } = reader
  const catalogue = catalogueOf(deps.db)
  const today = localDayOf(deps.clock.now())
  const exact = findDossierByCode(deps.db, q.toUpperCase())
  if (exact !== null) {
    mustSee(deps, actor, exact)
    return reply.redirect(dossierHref(exact), 303)
  }
  const found = find(reader, q)
  const [only] = found
  if (found.length === 1 && only !== undefined) return reply.redirect(dossierHref(only), 303)
  const rows = found.slice(0, PAGE_SIZE)
  const note =
    found.length > PAGE_SIZE ? `${PAGE_SIZE} hồ sơ mới nhất; gõ thêm để thu hẹp.` : `${rows.length} hồ sơ.`
  const nothing = emptyNotice(
    'Không tìm thấy hồ sơ nào',
    'Gõ mã hồ sơ từ đầu (000.28.15.H23-230306…), hoặc họ tên người nộp, bắt đầu từ họ; có dấu hay không đều được. Chỉ tìm trong hồ sơ của đơn vị ông/bà.',
    html`<p class="notice-links"><a href="/ho-so">Xem danh sách hồ sơ</a></p>`,
  )
  const body = html`<header class="page-head"><h1>Tìm “${q}”</h1>${when(rows.length > 0, () => html`<p class="page-kicker">${note}</p>`)}</header>
${rows.length === 0 ? nothing : dossierTable(rows, { catalogue, today, caption: `Hồ sơ tìm thấy với “${q}”` })}`
  return show(reply, { title: `Tìm “${q}”`, area: '/ho-so', body, search: q })
}

/** By code where the text begins like one, else by name. Identification numbers have no place in an address. */
function find({ deps, actor }: Reader, q: string): readonly DossierRow[] {
  const sought = { seen: seenDossiers(deps, actor), limit: PAGE_SIZE + 1 }
  return /^\d/.test(q)
    ? dossiersByCode(deps.db, { ...sought, text: q.toUpperCase() })
    : dossiersByName(deps.db, { ...sought, text: fold(q) })
}
