import type { FastifyInstance } from 'fastify'
import { countWaitingCorrections } from '../db/queries/correction-requests.ts'
import { type PendingCounts, pendingCounts, waitingCounts } from '../db/queries/desk-counts.ts'
import { dossierRows } from '../db/queries/dossier-rows.ts'
import { type Catalogue, catalogueOf } from './catalogue/catalogue.ts'
import { unitName } from './catalogue/unit-choices.ts'
import type { Deps } from './deps.ts'
import { addWorkingDays, type WorkCalendar, workingMinutesBetween } from './domain/calendar/calendar.ts'
import { type Instant, type LocalDay, localDayOf } from './domain/calendar/day.ts'
import { previousPeriod } from './domain/calendar/periods.ts'
import { formatCount } from './domain/counting/rate-format.ts'
import { listHref } from './dossiers/dossier-list-page.ts'
import { dossierTable } from './dossiers/dossier-table.ts'
import { SOON_WORKING_DAYS } from './dossiers/due-standing.ts'
import { morningView } from './morning/morning-view.ts'
import { finding } from './reports/finding.ts'
import { report } from './reports/report.ts'
import { reportHref } from './reports/report-links.ts'
import { latestWeek } from './reports/week-page.ts'
import { each, type Html, html, when } from './web/html.ts'
import { type IconName, icon } from './web/icons.ts'
import type { Show } from './web/layout.ts'

const MOST_URGENT = 8

/** `/`: ten minutes on Monday morning. How last week went, what is late now, what falls due today. */
export function homePage(app: FastifyInstance, deps: Deps, show: Show): void {
  app.get('/', (request, reply) => {
    const { db, clock } = deps
    const catalogue = catalogueOf(db)
    const calendar = catalogue.calendar(null)
    const today = localDayOf(clock.now())
    const soon = addWorkingDays(calendar, today, SOON_WORKING_DAYS)
    const units = pendingCounts(db, today, soon)
    const urgent = dossierRows(db, { view: 'urgent', unitIds: null, today, soon, limit: MOST_URGENT })
    const body = html`${lastWeek(deps)}
${morningView(deps, request)}
${corrections(countWaitingCorrections(db))}
${counts(deps, units, calendar)}
<section><div class="block-head"><h2>Cần xem trước</h2><a class="more" href="/ho-so">Tất cả hồ sơ đang giải quyết</a></div>
${urgent.length === 0 ? html`<p class="muted">Không có hồ sơ nào đang giải quyết.</p>` : dossierTable(urgent, { catalogue, today, caption: 'Hồ sơ cần gấp nhất' })}</section>
${unitTable(units, catalogue, today)}`
    return show(reply, { title: 'Hôm nay', area: '/', body })
  })
}

function lastWeek(deps: Deps): Html {
  const period = latestWeek(deps)
  const asked = { by: 'unit', attribution: 'resolving' } as const
  const week = report(deps, { ...asked, period })
  const sentence = finding(week, report(deps, { ...asked, period: previousPeriod(period) }))
  const { missing } = week
  const lacking = missing.length === 0 ? '' : `, chưa có số liệu của ${formatCount(missing.length)} đơn vị`
  const state = `${week.closed === null ? 'đang chạy, số liệu tạm tính' : 'đã chốt'}${lacking}`
  return html`<header class="page-head"><p class="page-kicker">${period.label}, ${state}</p><h1><a class="headline" href="${reportHref({ period })}">${sentence}${icon('arrow', 20)}</a></h1></header>`
}

function corrections(n: number): Html {
  const link = html`<a href="/quan-tri/dinh-chinh">${n} đề nghị đính chính chờ duyệt</a>`
  return n === 0 ? html`` : html`<ul class="waiting"><li>${icon('paused', 20)}<span>${link}</span></li></ul>`
}

function counts({ db, clock }: Deps, units: readonly PendingCounts[], calendar: WorkCalendar): Html {
  const waiting = waitingCounts(db)
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
  if (due <= now) return html`<span class="count-note overdue">đã có hồ sơ quá 8 giờ</span>`
  const minutes = workingMinutesBetween(calendar, now, due)
  const clock = `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
  return html`<span class="count-note">còn <span class="n">${clock}</span> giờ làm việc</span>`
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
