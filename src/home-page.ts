import type { FastifyInstance } from 'fastify'
import type { CorrectionRow } from '../db/queries/correction-requests.ts'
import { type PendingCounts, pendingCounts } from '../db/queries/desk-counts.ts'
import { type QueueCounts, queueCounts, queueRows } from '../db/queries/work-queue.ts'
import { mayEnter } from './accounts/guard.ts'
import { seenDossiers } from './accounts/seen-units.ts'
import { type Catalogue, catalogueOf } from './catalogue/catalogue.ts'
import { unitName } from './catalogue/unit-choices.ts'
import { decides, waitingFor } from './corrections/seen-corrections.ts'
import type { Actor, Deps } from './deps.ts'
import type { WorkCalendar } from './domain/calendar/calendar.ts'
import type { Instant, LocalDay } from './domain/calendar/day.ts'
import { formatCount } from './domain/counting/rate-format.ts'
import { dossierTable } from './dossiers/dossier-table.ts'
import { scopesOf } from './dossiers/queue-scope.ts'
import { receivingClock } from './dossiers/receiving-clock-view.ts'
import { filterOf, listHref, readAsk } from './dossiers/work-queue-query.ts'
import { homeHeadline } from './home-headline.ts'
import { intakeButton } from './intake/intake-button.ts'
import { morningView } from './morning/morning-view.ts'
import { scopeUnits } from './reports/scope.ts'
import { actorOf } from './web/actor.ts'
import { each, type Html, html, NOTHING, when } from './web/html.ts'
import { type IconName, icon } from './web/icons.ts'
import type { Show } from './web/layout.ts'

const MOST_URGENT = 8

/**
 * `/`: ten minutes on Monday morning. How last week went, in one's own unit first; of the units of who reads it, what is
 * late now and what falls due today. Who has nothing to do with dossiers is led to the administration.
 */
export function homePage(app: FastifyInstance, deps: Deps, show: Show): void {
  app.get('/', (request, reply) => {
    if (!mayEnter(request.principal, 'dossiers_read')) return reply.redirect('/quan-tri', 303)
    const { db, clock } = deps
    const actor = actorOf(request)
    const seen = seenDossiers(deps, actor)
    const catalogue = catalogueOf(db)
    const calendar = catalogue.calendar(null)
    // What is counted and shown here is what the lists show it leads to.
    const ask = readAsk({ scope: 'all' }, 'all')
    const filter = filterOf(deps, scopesOf(deps, actor).all ?? { kind: 'all' }, ask)
    const { today, soon } = filter
    const units = pendingCounts(db, { today, soon, seen })
    const urgent = queueRows(db, { ...ask, ...filter, limit: MOST_URGENT })
    const body = html`${intakeButton(request)}${homeHeadline(deps, actor, seen !== null)}
${morningView(deps, request)}
${corrections(deps, actor)}
${counts(queueCounts(db, filter), calendar, clock.now())}
<section><div class="block-head"><h2>Cần xem trước</h2><a class="more" href="${listHref('open')}">Tất cả hồ sơ đang giải quyết</a></div>
${urgent.length === 0 ? html`<p class="muted">Không có hồ sơ nào đang giải quyết.</p>` : dossierTable(urgent, { catalogue, today, caption: 'Hồ sơ cần gấp nhất' })}</section>
${unitTable(units, catalogue, today)}`
    return show(reply, { title: 'Hôm nay', area: '/', body })
  })
}

/** Requests to correct something: those this person decides, and their own that others are to decide. */
function corrections(deps: Deps, actor: Actor): Html {
  const waiting = waitingFor(deps, actor)
  const isOwn = ({ requestedBy }: CorrectionRow) => requestedBy !== null && requestedBy === actor.officerId
  const own = waiting.filter(isOwn).length
  const toDecide = waiting.filter((row) => !isOwn(row) && decides(deps, actor, row)).length
  const line = (n: number, words: string) =>
    when(
      n > 0,
      () => html`<li>${icon('paused', 20)}<span><a href="/quan-tri/dinh-chinh">${n} ${words}</a></span></li>`,
    )
  if (own + toDecide === 0) return NOTHING
  return html`<ul class="waiting">${line(toDecide, 'đề nghị đính chính chờ duyệt')}${line(own, 'đề nghị đính chính của ông/bà đang chờ duyệt')}</ul>`
}

function counts(n: QueueCounts, calendar: WorkCalendar, now: Instant): Html {
  const { overdue, today } = n
  const receive = when(n.nextReceivingDueAt, (due) => html`${timeLeft(calendar, now, due)}`)
  return html`<ul class="counts">
${count('Quá hạn', overdue, 'overdue', listHref('overdue'), overdue > 0 ? 'overdue' : null)}
${count('Hạn hôm nay', today, 'due_soon', listHref('today'), today > 0 ? 'due_soon' : null)}
${count('Trong 2 ngày', n.soon, 'calendar', listHref('soon'), null)}
${count('Tạm dừng', n.paused, 'paused', listHref('paused'), null)}
${count('Trực tuyến chờ nhận', n.submitted, 'dossier', listHref('submitted'), null, receive)}
${count('Chờ trả kết quả', n.result_ready, 'check', listHref('result_ready'), null)}
</ul>`
}

function count(
  label: string,
  n: number,
  sign: IconName,
  href: string,
  meaning: string | null,
  note: Html = html``,
): Html {
  return html`<li class="${meaning ?? 'calm'}"><a href="${href}"><span class="count-label">${icon(sign)}${label}</span><span class="count-value n">${formatCount(n)}</span>${note}</a></li>`
}

/** Of the next online dossier to receive: how much office time is left of its 8 hours. */
function timeLeft(calendar: WorkCalendar, now: Instant, due: Instant): Html {
  const { isLate, text } = receivingClock(calendar, now, due)
  return html`<span class="count-note${isLate ? ' overdue' : ''}">${isLate ? 'đã có hồ sơ quá 8 giờ' : text}</span>`
}

/** Units with something overdue or due today, the worst first; as in the lists, with all that is below them. */
function unitTable(units: readonly PendingCounts[], catalogue: Catalogue, today: LocalDay): Html {
  const rows = units
    .filter((unit) => unit.overdue + unit.today > 0)
    .map(({ unitId }) => withBelow(units, unitId, catalogue, today))
    .toSorted((a, b) => b.overdue - a.overdue || b.today - a.today)
    .slice(0, 10)
  if (rows.length === 0) return html``
  const cell = (n: number, href: string, meaning = '') =>
    n === 0
      ? html`<td class="n zero ${meaning}">0</td>`
      : html`<td class="n ${meaning}"><a href="${href}">${formatCount(n)}</a></td>`
  return html`<section><div class="block-head"><h2>Nơi cần nhắc</h2><a class="more" href="/bao-cao">Xếp hạng tuần</a></div>
<table class="data desk"><caption class="sr">Đơn vị có hồ sơ quá hạn hoặc hết hạn hôm nay</caption>
<thead><tr><th scope="col">Đơn vị</th><th scope="col" class="n">Quá hạn</th><th scope="col" class="n">Hạn hôm nay</th><th scope="col" class="n wide">Trong 2 ngày</th><th scope="col" class="n wide">Tạm dừng</th><th scope="col" class="n">Đang giải quyết</th></tr></thead>
<tbody>${each(rows, (row) => {
    const unit = catalogue.unitById.get(row.unitId)
    const key = unit?.key ?? ''
    return html`<tr><th scope="row"><a href="${listHref('urgent', key)}">${unitName(unit, today)}</a></th>${cell(row.overdue, listHref('overdue', key), 'bad')}${cell(row.today, listHref('today', key))}${cell(row.soon, listHref('soon', key), 'wide')}${cell(row.paused, listHref('paused', key), 'wide')}${cell(row.open, listHref('open', key))}</tr>`
  })}</tbody></table></section>`
}

function withBelow(
  units: readonly PendingCounts[],
  unitId: number,
  catalogue: Catalogue,
  today: LocalDay,
): PendingCounts {
  const covered = new Set(scopeUnits(catalogue, catalogue.unitById.get(unitId)?.key, today))
  const all = units.filter((unit) => covered.has(unit.unitId))
  const sum = (name: keyof PendingCounts) => all.reduce((total, unit) => total + unit[name], 0)
  return {
    unitId,
    open: sum('open'),
    overdue: sum('overdue'),
    today: sum('today'),
    soon: sum('soon'),
    paused: sum('paused'),
  }
}
