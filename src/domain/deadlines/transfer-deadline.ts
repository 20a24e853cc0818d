import {
  closingAt,
  isWorkingDay,
  nextWorkingDay,
  openingAt,
  type WorkCalendar,
} from '../calendar/calendar.ts'
import { type Instant, localDayOf, minuteOfDay } from '../calendar/day.ts'

const TRANSFER_CUTOFF_MINUTE = 15 * 60

/**
 * When a dossier must be with its resolver: the close of the day it was accepted, or the opening of the next
 * working day if accepted after 15:00 (15:00 itself is in time), after closing or on a day without work.
 * NĐ 61/2018 art. 18.2. Throws RuleError('calendar_year_missing').
 * Example: accepted Tuesday 2023-03-14 14:40 → 17:00 that day; Friday 17/03 15:05 → Monday 20/03 07:30.
 */
export function transferDueAt(cal: WorkCalendar, acceptedAt: Instant): Instant {
  const day = localDayOf(acceptedAt)
  const sameDay =
    isWorkingDay(cal, day) &&
    minuteOfDay(acceptedAt) <= Math.min(TRANSFER_CUTOFF_MINUTE, minuteOfDay(closingAt(cal, day)))
  return sameDay ? closingAt(cal, day) : openingAt(cal, nextWorkingDay(cal, day))
}
