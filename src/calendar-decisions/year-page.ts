import type { FastifyInstance } from 'fastify'
import type { DecisionRow } from '../../db/queries/calendar-decisions.ts'
import { mayEnter } from '../accounts/guard.ts'
import { catalogueOf } from '../catalogue/catalogue.ts'
import { unitChoices } from '../catalogue/unit-choices.ts'
import { localDayOf } from '../domain/calendar/day.ts'
import { formatCount } from '../domain/counting/rate-format.ts'
import { RuleError } from '../domain/refusals.ts'
import { findUnit } from '../reports/scope.ts'
import { stepper, unitFilter } from '../web/controls.ts'
import { moment } from '../web/formats.ts'
import { each, type Html, html, when } from '../web/html.ts'
import type { PageDoor } from './page-door.ts'
import { listDecisions } from './show-decision.ts'
import { yearView } from './year-view.ts'

interface Query {
  readonly nam?: string
  readonly unit?: string
}

/** `/quan-tri/lich`: the year as it stands, with the documents its days rest on, and every decision recorded. */
export function calendarYearPage(app: FastifyInstance, { deps, show }: PageDoor): void {
  app.get<{ Querystring: Query }>('/quan-tri/lich', (request, reply) => {
    const catalogue = catalogueOf(deps.db)
    const today = localDayOf(deps.clock.now())
    const unit = request.query.unit || undefined
    const calendar = catalogue.calendar(unit === undefined ? null : findUnit(catalogue, unit, today).id)
    const [first, last] = [calendar.firstDay, calendar.lastDay].map((day) => Number(day.slice(0, 4)))
    const year = Number(request.query.nam || today.slice(0, 4))
    if (!Number.isInteger(year) || year < first! || year > last!) {
      const [from, to] = [calendar.firstDay, calendar.lastDay]
      throw new RuleError('calendar_year_missing', { day: String(request.query.nam), from, to })
    }
    const href = (to: number) =>
      `/quan-tri/lich?${new URLSearchParams({ nam: String(to), ...(unit && { unit }) })}`
    const next = calendar.decidedThrough + 1
    const mayDecide = mayEnter(request.principal, 'calendar_decide')
    const undecided = year >= next
    const steps = stepper(
      'Năm',
      `Năm ${year}`,
      year > first! ? href(year - 1) : null,
      year < last! ? href(year + 1) : null,
    )
    const filter = unitFilter('/quan-tri/lich', unitChoices(catalogue, today), unit, { nam: String(year) })
    const body = html`<header class="page-head"><h1>Lịch làm việc ${year}</h1></header>
<div class="toolbar">${steps}${filter}${when(mayDecide, () => html`<span class="samples"><a class="button primary" href="/quan-tri/lich/moi">Ghi quyết định</a><a class="button" href="/quan-tri/lich/moi?nam=${next}">Nhập lịch nghỉ ${next}</a></span>`)}</div>
${when(undecided, () => html`<p class="effect-note">Năm ${year} chưa có quyết định: các ngày nghỉ là dự kiến, hạn trả đi qua chúng được đánh dấu.</p>`)}
${yearView(calendar, year, today)}
${decisionsView(listDecisions(deps))}`
    return show(reply, { title: `Lịch làm việc ${year}`, area: '/quan-tri', body })
  })
}

function decisionsView(decisions: readonly DecisionRow[]): Html {
  if (decisions.length === 0) {
    return html`<section><h2>Quyết định đã ghi</h2><p class="muted">Chưa ghi quyết định nào; lịch đang dùng là lịch ban đầu của phần mềm.</p></section>`
  }
  return html`<section><h2>Quyết định đã ghi</h2><div class="scroll" role="region" aria-label="Quyết định đã ghi" tabindex="0"><table class="data decisions">
<thead><tr><th scope="col">Nội dung</th><th scope="col">Văn bản</th><th scope="col">Ghi lúc</th><th scope="col" class="n">Hồ sơ chuyển</th><th scope="col">Hiện nay</th></tr></thead>
<tbody>${each(decisions, ({ id, title, document, recordedAt, moved, undoneAt }) => html`<tr><th scope="row"><a href="/quan-tri/lich/${id}">${title}</a></th><td>${document}</td><td class="n">${moment(recordedAt)}</td><td class="n">${formatCount(moved)}</td><td class="nowrap">${undoneAt === null ? 'đang áp dụng' : html`<span class="muted">hoàn tác ${moment(undoneAt)}</span>`}</td></tr>`)}</tbody></table></div></section>`
}
