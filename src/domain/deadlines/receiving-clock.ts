import { addWorkingMinutes, type WorkCalendar, workingMinutesBetween } from '../calendar/calendar.ts'
import type { Instant } from '../calendar/day.ts'
import { isPastMinute } from './past-minute.ts'
import { apart, type Pause } from './pauses.ts'

/** An online submission is accepted, refused or answered within 8 working hours: NĐ 45/2020. */
const RECEIVING_MINUTES = 8 * 60

/**
 * When the 8 working hours to receive an online submission run out. A pause (a request to complete it before
 * acceptance) moves this by its office time; one that begins after the hours have run out moves nothing.
 * Throws RuleError('calendar_year_missing').
 * Example: submitted Friday 2023-03-03 16:00 → Monday 2023-03-06 16:00.
 */
export function receivingDueAt(
  cal: WorkCalendar,
  submittedAt: Instant,
  pauses: readonly Pause[] = [],
): Instant {
  let due = addWorkingMinutes(cal, submittedAt, RECEIVING_MINUTES)
  for (const pause of apart(pauses)) {
    if (isPastMinute(pause.from, due)) break
    due = addWorkingMinutes(cal, due, workingMinutesBetween(cal, Math.max(pause.from, submittedAt), pause.to))
  }
  return due
}
