import { placeOf } from './calendar-place.ts'
import { dayNumberAt, type Instant, instantAt, minuteOfDay } from './day.ts'
import { dayOfNumber } from './day-number.ts'
import type { WorkCalendar } from './work-calendar.ts'

/**
 * The first moment from `at` on at which the office is open: `at` itself within a shift, else the next opening, be it
 * after lunch, the next morning or after a holiday. A shift is over at its last minute.
 * Throws RuleError('calendar_year_missing') where the calendar ends first.
 * Example: Friday 2023-03-10 17:20 → Monday 13/03 07:30.
 */
export function officeMomentFrom(cal: WorkCalendar, at: Instant): Instant {
  const minute = minuteOfDay(at)
  for (let number = dayNumberAt(at), from = minute; ; number += 1, from = -1) {
    for (const [open, close] of cal.rules[placeOf(cal, number)]!.shifts) {
      if (from >= open && from < close) return at
      if (from < open) return instantAt(dayOfNumber(number), open)
    }
  }
}
