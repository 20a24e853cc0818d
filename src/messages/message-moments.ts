import { previousWorkingDay, type WorkCalendar } from '../domain/calendar/calendar.ts'
import { addDays, type Instant, type LocalDay } from '../domain/calendar/day.ts'
import { officeMomentFrom } from '../domain/calendar/office-moment.ts'
import { RuleError } from '../domain/refusals.ts'

// No act is refused, and no other message kept back, because nobody has entered the calendar of the year yet.

const DAY_MS = 24 * 60 * 60_000

/** When the office is open from `at` on; where the calendar ends before that, a day later, when it is looked at again. */
export function sendMoment(calendar: WorkCalendar, at: Instant): Instant {
  return unlessYearMissing(() => officeMomentFrom(calendar, at), at + DAY_MS)
}

/** The last working day before `today`; where the calendar does not have it, yesterday. */
export function lastWorkingDay(calendar: WorkCalendar, today: LocalDay): LocalDay {
  return unlessYearMissing(() => previousWorkingDay(calendar, today), addDays(today, -1))
}

function unlessYearMissing<T>(ask: () => T, otherwise: T): T {
  try {
    return ask()
  } catch (error) {
    if (error instanceof RuleError && error.code === 'calendar_year_missing') return otherwise
    throw error
  }
}
