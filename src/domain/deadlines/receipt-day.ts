import { dayRule, nextWorkingDay, type WorkCalendar } from '../calendar/calendar.ts'
import { type Instant, type LocalDay, localDayOf, minuteOfDay } from '../calendar/day.ts'

/**
 * The day from which a limit runs. It serves the deadline only: the dossier's code and the received column
 * use the day of acceptance.
 * - Accepted by staff (`attended`): that very day, also at lunch, before opening, after closing, on a weekend.
 * - Accepted automatically: that day until the shop closes, if it receives that day; else the next working day.
 * - After the procedure's cut-off (minutes after midnight; the minute itself is in time): the next working day.
 * "Sau 15 giờ": Luật Hộ tịch 2014 art. 5.3, NĐ 23/2015 art. 7; outside office hours: by analogy with the
 * decrees on electronic procedures. Throws RuleError('calendar_year_missing').
 * Example: automatic, Friday 2023-03-17 18:30 → '2023-03-20'; by staff at the same time → '2023-03-17'.
 */
export function receiptDayOf(
  cal: WorkCalendar,
  cutoffMinute: number | null,
  acceptedAt: Instant,
  attended: boolean,
): LocalDay {
  const day = localDayOf(acceptedAt)
  const minute = minuteOfDay(acceptedAt)
  const closed = !attended && minute > (dayRule(cal, day).receptionShifts.at(-1)?.[1] ?? -1)
  const cutOff = cutoffMinute !== null && minute > cutoffMinute
  return closed || cutOff ? nextWorkingDay(cal, day) : day
}
