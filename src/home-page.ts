import type { FastifyInstance } from 'fastify'
import { type PendingCounts, pendingCounts, waitingCounts } from '../db/queries/desk-counts.ts'
import { dossierRows } from '../db/queries/dossier-rows.ts'
import { mayEnter } from './accounts/guard.ts'
import { seenDossiers } from './accounts/seen-units.ts'
import { type Catalogue, catalogueOf } from './catalogue/catalogue.ts'
import { unitName } from './catalogue/unit-choices.ts'
import { waitingFor } from './corrections/seen-corrections.ts'
import type { Actor, Deps } from './deps.ts'
import { addWorkingDays, type WorkCalendar } from './domain/calendar/calendar.ts'
import { type Instant, type LocalDay, localDayOf } from './domain/calendar/day.ts'
import { previousPeriod } from './domain/calendar/periods.ts'
import { formatCount } from './domain/counting/rate-format.ts'
import { dossierTable } from './dossiers/dossier-table.ts'
import { SOON_WORKING_DAYS } from './dossiers/due-standing.ts'
import { receivingClock } from './dossiers/receiving-clock-view.ts'
import { listHref } from './dossiers/work-queue-query.ts'
import { intakeButton } from './intake/intake-button.ts'
import { morningView } from './morning/morning-view.ts'
import { finding } from './reports/finding.ts'
import { report } from './reports/report.ts'
import { reportHref } from './reports/report-links.ts'
import { latestWeek } from './reports/week-page.ts'
import { actorOf } from './web/actor.ts'
import { each, type Html, html, when } from './web/html.ts'
import { type IconName, icon } from './web/icons.ts'
import type { Show } from './web/layout.ts'

const MOST_URGENT = 8

/**
 * `/`: ten minutes on Monday morning. How last week went; of the units of who reads it, what is late now and what falls
 * due today. Who has nothing to do with dossiers is led to the administration.
 */
export function homePage(app: FastifyInstance, deps: Deps, show: Show): void {
  app.get('/', (request, reply) => {
    if (!mayEnter(request.principal, 'dossiers_read')) return reply.redirect('/quan-tri', 303)
    const { db, clock } = deps
    const actor = actorOf(request)
    const seen = seenDossiers(deps, actor)
    const catalogue = catalogueOf(db)
    const calendar = catalogue.calendar(null)
    const today = localDayOf(clock.now())
    const soon = addWorkingDays(calendar, today, SOON_WORKING_DAYS)
    const units = pendingCounts(db, { today, soon, seen })
    const urgent = dossierRows(db, { view: 'urgent', unitIds: null, seen, today, soon, limit: MOST_URGENT })
    const body = html`${intakeButton(request)}${lastWeek(deps, seen !== null)}
${morningView(deps, request)}
${corrections(deps, actor)}
${counts(deps, units, calendar, seen?.unitIds ?? null)}
<section><div class="block-head"><h2>Cần xem trước</h2><a class="more" href="${listHref('open')}">Tất cả hồ sơ đang giải quyết</a></div>
${urgent.length === 0 ? html`<p class="muted">Không có hồ sơ nào đang giải quyết.</p>` : dossierTable(urgent, { catalogue, today, caption: 'Hồ sơ cần gấp nhất' })}</section>
${unitTable(units, catalogue, today)}`
    return show(reply, { title: 'Hôm nay', area: '/', body })
  })
}

/** Of all units, which is said where the rest of the page is not of all. */
function lastWeek(deps: Deps, isSaid: boolean): Html {
  const period = latestWeek(deps)
  const asked = { by: 'unit', attribution: 'resolving' } as const
  const week = report(deps, { ...asked, period })
  const sentence = finding(week, report(deps, { ...asked, period: previousPeriod(period) }))
  const { missing } = week
  const lacking = missing.length === 0 ? '' : `, chưa có số liệu của ${formatCount(missing.length)} đơn vị`
  const state = `${week.closed === null ? 'đang chạy, số liệu tạm tính' : 'đã chốt'}${lacking}`
  return html`<header class="page-head"><p class="page-kicker">${period.label}, ${isSaid ? 'mọi đơn vị, ' : ''}${state}</p><h1><a class="headline" href="${reportHref({ period })}">${sentence}${icon('arrow', 20)}</a></h1></header>`
}

function corrections(deps: Deps, actor: Actor): Html {
  const n = waitingFor(deps, actor).length
  const link = html`<a href="/quan-tri/dinh-chinh">${n} đề nghị đính chính chờ duyệt</a>`
  return n === 0 ? html`` : html`<ul class="waiting"><li>${icon('paused', 20)}<span>${link}</span></li></ul>`
}

function counts(
  { db, clock }: Deps,
  units: readonly PendingCounts[],
  calendar: WorkCalendar,
  unitIds: readonly number[] | null,
): Html {
  const waiting = waitingCounts(db, unitIds)
  const sum = (of: (unit: PendingCounts) => number) => units.reduce((total, unit) => total + of(unit), 0)
  const overdue = sum((unit) => unit.overdue)
  const today = sum((unit) => unit.today)
  const receive = when(waiting.nextReceivingDueAt, (due) => html`${timeLeft(calendar, clock.now(), due)}`)
  return html`<ul class="counts">
${count('Quá hạn', overdue, 'overdue', listHref('overdue'), overdue > 0 ? 'overdue' : null)}
${count('Hạn hôm nay', today, 'due_soon', listHref('today'), today > 0 ? 'due_soon' : null)}
${count(
  'Trong 2 ngày',
  sum((unit) => unit.soon),
  'calendar',
  listHref('soon'),
  null,
)}
${count(
  'Tạm dừng',
  sum((unit) => unit.paused),
  'paused',
  listHref('paused'),
  null,
)}
${count('Trực tuyến chờ nhận', waiting.submitted, 'dossier', listHref('submitted'), null, receive)}
${count('Chờ trả kết quả', waiting.resultReady, 'check', listHref('result_ready'), null)}
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

/** Units with something overdue or due today, the worst first. */
function unitTable(units: readonly PendingCounts[], catalogue: Catalogue, today: LocalDay): Html {
  const rows = units
    .filter((unit) => unit.overdue + unit.today > 0)
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
