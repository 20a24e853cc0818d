import { placeOf, yearMissing } from './calendar-place.ts'
import { dayNumberAt, type Instant, instantAt, minuteOfDay } from './day.ts'
import { dayOfNumber } from './day-number.ts'
import type { WorkCalendar } from './work-calendar.ts'

/**
 * Minutes of office time from `from` to `to`, compared by the minute; 0 when `to` is not later.
 * Throws RuleError('calendar_year_missing'). Example: Friday 2023-03-03 16:00 to Monday 06/03 10:30 → 240.
 */
export function workingMinutesBetween(cal: WorkCalendar, from: Instant, to: Instant): number {
  return to <= from ? 0 : minutesUntil(cal, to) - minutesUntil(cal, from)
}

/**
 * The moment at which `minutes` (0 or more) of office time have passed since `from`: the end of a shift
 * rather than the start of the next one; whole minutes. With 0 it is `from` itself.
 * A limit stated in hours runs from the fixed moment: Bộ luật Dân sự 2015 art. 147.1.
 * Throws RuleError('calendar_year_missing').
 * Example: Monday 2023-03-06 07:30 + 24 hours → Wednesday 08/03 17:00.
 */
export function addWorkingMinutes(cal: WorkCalendar, from: Instant, minutes: number): Instant {
  if (minutes <= 0) return from
  const target = minutesUntil(cal, from) + minutes
  const place = placeReaching(cal, target, placeOf(cal, dayNumberAt(from)))
  const rule = cal.rules[place]
  if (!rule) throw yearMissing(cal, cal.firstNumber + cal.rules.length)
  let rest = target - cal.minutesBefore[place]!
  for (const [open, close] of rule.shifts) {
    if (rest <= close - open) return instantAt(dayOfNumber(cal.firstNumber + place), open + rest)
    rest -= close - open
  }
  throw new RangeError('the sums of a calendar disagree with its shifts')
}

/** Office minutes from the calendar's first day until `at`. */
function minutesUntil(cal: WorkCalendar, at: Instant): number {
  const place = placeOf(cal, dayNumberAt(at))
  const minute = minuteOfDay(at)
  let sum = cal.minutesBefore[place]!
  for (const [open, close] of cal.rules[place]!.shifts)
    if (minute > open) sum += Math.min(minute, close) - open
  return sum
}

/** The first place at whose end `target` office minutes have passed, at or after `low`; past the end when none. */
function placeReaching(cal: WorkCalendar, target: number, low: number): number {
  let [from, to] = [low, cal.rules.length]
  while (from < to) {
    const middle = (from + to) >>> 1
    if (cal.minutesBefore[middle + 1]! >= target) to = middle
    else from = middle + 1
  }
  return from
}
