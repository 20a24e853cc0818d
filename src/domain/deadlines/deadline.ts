import type { WorkCalendar } from '../calendar/calendar.ts'
import { type Instant, instantAt, localDayOf } from '../calendar/day.ts'
import type { DeadlineRule, Due } from './due.ts'
import { type DayLimit, dueByDay, resumedByDay } from './due-by-day.ts'
import { dueByMinute, resumedByMinute } from './due-by-minute.ts'
import { type Pause, pausedDays } from './pauses.ts'
import { receiptDayOf } from './receipt-day.ts'
import { HOURS_PER_WORKING_DAY, type TimeLimit } from './time-limit.ts'

// One door to the deadlines of a dossier.
export { apologyDueOn, overdueWorkingDays, workingDaysLeft } from './days-left.ts'
export type { DeadlineMode, DeadlineRule, Due } from './due.ts'
export type { Pause } from './pauses.ts'
export { receivingDueAt } from './receiving-clock.ts'
export type { StripDay } from './strip.ts'
export { transferDueAt } from './transfer-deadline.ts'

/**
 * The due date of a dossier accepted at `acceptedAt` (never the moment of submission).
 * `attended` (default true): accepted by staff, not automatically (see receiptDayOf).
 * The first day is not counted: Bộ luật Dân sự 2015 art. 147.2; a limit in months ends on the same date, or
 * the last of a shorter month: art. 148.3; a last day without work moves to the next working day: art. 148.5;
 * hours run from the minute: art. 147.1. A same-day limit ends when the receipt day closes.
 * Throws RuleError('calendar_year_missing').
 * Example: accepted Thursday 2023-04-27 09:00, 3 working days → Friday 2023-05-05 17:00.
 */
export function dueDate(
  cal: WorkCalendar,
  rule: DeadlineRule,
  acceptedAt: Instant,
  options: { readonly attended?: boolean } = {},
): Due {
  const receiptDay = receiptDayOf(cal, rule.cutoffMinute, acceptedAt, options.attended ?? true)
  const limit = exactLimit(rule)
  if (isByDay(limit)) return dueByDay(cal, limit, receiptDay)
  const from = localDayOf(acceptedAt) === receiptDay ? acceptedAt : instantAt(receiptDay, 0)
  return dueByMinute(cal, limit.amount * 60, receiptDay, from)
}

/**
 * The due date after pauses (clock policy "resume"). `base` is the due date at acceptance, or at the last
 * restart; `pauses` are all the pauses since then, in any order.
 * Limits by the day move by the union of working days paused (a pause opened and answered on one day adds
 * none), limits by the minute by the union of working minutes paused. Nothing paused: `base` itself.
 * A restart is no pause: it is dueDate from the day the supplement is complete (NĐ 61/2018 art. 19.4).
 * Throws RuleError('calendar_year_missing').
 * Example: accepted 2023-02-06, 10 working days, due 20/02; paused Thursday 09/02 to Tuesday 14/02 → 2023-02-24.
 */
export function resumedDue(cal: WorkCalendar, base: Due, rule: DeadlineRule, pauses: readonly Pause[]): Due {
  const limit = exactLimit(rule)
  return isByDay(limit)
    ? resumedByDay(cal, limit, base, pausedDays(cal, pauses))
    : resumedByMinute(cal, base, pauses)
}

/** The limit as reckoned: in mode 'hour_exact' a working day is 8 working hours. */
function exactLimit(rule: DeadlineRule): TimeLimit {
  return rule.mode === 'hour_exact' && rule.limit.unit === 'working_day'
    ? { amount: rule.limit.amount * HOURS_PER_WORKING_DAY, unit: 'working_hour' }
    : rule.limit
}

function isByDay(limit: TimeLimit): limit is DayLimit {
  return limit.unit !== 'working_hour'
}
