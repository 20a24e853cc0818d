import { addMonths } from '../calendar/add-months.ts'
import { addWorkingDays, closingAt, type WorkCalendar, workingDayFrom } from '../calendar/calendar.ts'
import { addDays, daysBetween, type LocalDay } from '../calendar/day.ts'
import { type Due, dueOf, remembered } from './due.ts'
import { type Numbering, stripOf } from './strip.ts'
import type { LimitUnit, TimeLimit } from './time-limit.ts'

export type DayLimit = TimeLimit & { readonly unit: Exclude<LimitUnit, 'working_hour'> }

/**
 * The due date of a limit reckoned by the day: the close of its last day.
 * Throws RuleError('calendar_year_missing').
 * Example: 30 calendar days from 2023-03-31 end on Sunday 30/04, so on Thursday 2023-05-04 17:00.
 */
export function dueByDay(cal: WorkCalendar, limit: DayLimit, receiptDay: LocalDay): Due {
  return remembered(cal, `${receiptDay} ${limit.unit} ${limit.amount}`, () => {
    const dueOn = workingDayFrom(cal, LAST_DAY[limit.unit](cal, receiptDay, limit.amount))
    const strip = stripOf(cal, receiptDay, dueOn, numberingOf(cal, limit, receiptDay))
    return dueOf(cal, { dueAt: closingAt(cal, dueOn), dueOn, receiptDay, strip })
  })
}

/**
 * `base` moved by the working days paused. Throws RuleError('calendar_year_missing').
 * Example: due 2023-02-20, paused on 9, 10, 13 and 14 February → 2023-02-24.
 */
export function resumedByDay(
  cal: WorkCalendar,
  limit: DayLimit,
  base: Due,
  paused: ReadonlySet<LocalDay>,
): Due {
  if (paused.size === 0) return base
  const dueOn = addWorkingDays(cal, base.dueOn, paused.size)
  const strip = stripOf(cal, base.receiptDay, dueOn, numberingOf(cal, limit, base.receiptDay), paused)
  return dueOf(cal, { dueAt: closingAt(cal, dueOn), dueOn, receiptDay: base.receiptDay, strip })
}

type LastDay = (cal: WorkCalendar, receiptDay: LocalDay, amount: number) => LocalDay

const LAST_DAY = {
  working_day: addWorkingDays,
  calendar_day: (_cal, day, amount) => addDays(day, amount),
  month: (_cal, day, amount) => addMonths(day, amount),
  same_day: (_cal, day) => day,
} as const satisfies Record<DayLimit['unit'], LastDay>

/** Working days are numbered in working days, calendar days and months in all days, a same-day limit not at all. */
function numberingOf(cal: WorkCalendar, limit: DayLimit, receiptDay: LocalDay): Numbering {
  const everyDay = limit.unit === 'calendar_day' || limit.unit === 'month'
  const last = everyDay
    ? daysBetween(receiptDay, LAST_DAY[limit.unit](cal, receiptDay, limit.amount))
    : limit.unit === 'same_day'
      ? 0
      : limit.amount
  return { everyDay, last, fromReceiptDay: false }
}
