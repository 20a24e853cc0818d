import { procedureRule } from '../catalogue/procedure-rule.ts'
import type { ReceivedProcedure } from '../catalogue/received-procedures.ts'
import type { WorkCalendar } from '../domain/calendar/calendar.ts'
import { type Instant, localDayOf } from '../domain/calendar/day.ts'
import { dueDate, workingDaysLeft } from '../domain/deadlines/deadline.ts'
import { describeLimit } from '../domain/deadlines/time-limit.ts'
import { stripView } from '../dossiers/strip-view.ts'
import { distance, longDay, timeOfDay } from '../web/formats.ts'
import { type Html, html, when } from '../web/html.ts'

/** When the result would be due if the dossier were accepted now, and why: the days one by one. */
export function duePreview(
  calendar: WorkCalendar,
  { procedure, version }: ReceivedProcedure,
  now: Instant,
): Html {
  const { deadline } = procedureRule(version)
  const { dueAt, dueOn, strip, receiptDay, provisional } = dueDate(calendar, deadline, now, {
    attended: true,
  })
  const today = localDayOf(now)
  const { unit } = deadline.limit
  const everyDay = unit === 'calendar_day' || unit === 'month'
  const limit = `Thời hạn ${describeLimit(deadline.limit)}${version.verified ? '' : ' (chưa kiểm chứng)'}`
  const late = receiptDay === today ? '' : `, tính từ ${longDay(receiptDay)}`
  return html`<h2>Hạn trả</h2>
<p class="intake-procedure">${procedure.name}</p>
<p class="intake-due"><strong>${longDay(dueOn)} <span class="n">${timeOfDay(dueAt)}</span></strong><span>${distance(workingDaysLeft(calendar, today, dueOn))}</span></p>
<div class="intake-strip" role="region" aria-label="Cách tính hạn" tabindex="0">${stripView({ heading: `${limit}${late}`, strip, dueOn, today, everyDay })}</div>
${when(provisional, () => html`<p class="muted">Có ngày nghỉ chưa được quyết định chính thức.</p>`)}`
}

/** Before a procedure is chosen. */
export const NO_DUE = html`<h2>Hạn trả</h2><p class="muted">Hiện khi đã chọn thủ tục, cùng từng ngày được tính.</p>`
