import { RuleError } from '../refusals.ts'
import { placeOf, yearMissing } from './calendar-place.ts'
import { type Instant, instantAt, type LocalDay } from './day.ts'
import { dayNumber, dayOfNumber } from './day-number.ts'
import type { DayRule, WorkCalendar } from './work-calendar.ts'

// One door to everything a calendar answers. Every question about a day outside the calendar throws
// RuleError('calendar_year_missing').
export type { CalendarDay, CalendarDayKind } from './calendar-day.ts'
export type { OfficeHours, Shift } from './office-hours.ts'
export { type CalendarInput, type DayRule, makeCalendar, type WorkCalendar } from './work-calendar.ts'
export { addWorkingMinutes, workingMinutesBetween } from './working-time.ts'

/** Whether work is done on `day`. Example: Saturday 2024-05-04, worked for Monday 29/4 → true. */
export function isWorkingDay(cal: WorkCalendar, day: LocalDay): boolean {
  return dayRule(cal, day).working
}

/** All the calendar knows of `day`. Example: 2023-05-02 → not working, 'Nghỉ bù Giỗ Tổ Hùng Vương'. */
export function dayRule(cal: WorkCalendar, day: LocalDay): DayRule {
  return cal.rules[placeOf(cal, dayNumber(day))]!
}

/**
 * The n-th working day after `day`, which itself is not counted (Bộ luật Dân sự 2015 art. 147.2); before it
 * when n is negative; `day` itself when n is 0, worked or not.
 * Example: ('2023-04-27', 3) → '2023-05-05', since 29/4–3/5 are off.
 */
export function addWorkingDays(cal: WorkCalendar, day: LocalDay, n: number): LocalDay {
  if (n === 0) return day
  const place = placeOf(cal, dayNumber(day))
  const index = n > 0 ? cal.workingBefore[place + 1]! + n - 1 : cal.workingBefore[place]! + n
  const found = cal.workingPlaces[index]
  if (found === undefined) throw yearMissing(cal, n > 0 ? dayNumber(cal.lastDay) + 1 : cal.firstNumber - 1)
  return dayOfNumber(cal.firstNumber + found)
}

/** Working days from `from` to `to`, both included; 0 when `to` is earlier. Example: March 2023 → 23. */
export function countWorkingDays(cal: WorkCalendar, from: LocalDay, to: LocalDay): number {
  if (to < from) return 0
  return (
    cal.workingBefore[placeOf(cal, dayNumber(to)) + 1]! - cal.workingBefore[placeOf(cal, dayNumber(from))]!
  )
}

/** The first working day strictly after `day`. Example: '2023-04-28' → '2023-05-04'. */
export function nextWorkingDay(cal: WorkCalendar, day: LocalDay): LocalDay {
  return addWorkingDays(cal, day, 1)
}

/** The last working day strictly before `day`. Example: '2023-05-04' → '2023-04-28'. */
export function previousWorkingDay(cal: WorkCalendar, day: LocalDay): LocalDay {
  return addWorkingDays(cal, day, -1)
}

/**
 * `day` if work is done on it, else the next working day (Bộ luật Dân sự 2015 art. 148.5).
 * Example: Sunday 2023-04-30 → '2023-05-04'.
 */
export function workingDayFrom(cal: WorkCalendar, day: LocalDay): LocalDay {
  return isWorkingDay(cal, day) ? day : nextWorkingDay(cal, day)
}

/**
 * The moment a working day closes, as printed on the slip (by law the day itself ends at 24:00).
 * Throws RuleError('not_working_day') on a day off. Example: '2023-03-09' → 17:00 that day.
 */
export function closingAt(cal: WorkCalendar, day: LocalDay): Instant {
  const shift = dayRule(cal, day).shifts.at(-1)
  if (!shift) throw new RuleError('not_working_day', { day })
  return instantAt(day, shift[1])
}

/** The moment a working day opens. Throws RuleError('not_working_day'). Example: '2023-03-20' → 07:30 that day. */
export function openingAt(cal: WorkCalendar, day: LocalDay): Instant {
  const shift = dayRule(cal, day).shifts[0]
  if (!shift) throw new RuleError('not_working_day', { day })
  return instantAt(day, shift[0])
}
