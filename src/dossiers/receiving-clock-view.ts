import { type WorkCalendar, workingMinutesBetween } from '../domain/calendar/calendar.ts'
import { clockTime } from '../domain/calendar/clock-time.ts'
import type { Instant } from '../domain/calendar/day.ts'

/** What is left of the 8 working hours to receive an online submission, or by how much they are past. */
export interface ReceivingClock {
  readonly isLate: boolean
  readonly text: string
}

export function receivingClock(calendar: WorkCalendar, now: Instant, due: Instant): ReceivingClock {
  const isLate = now > due
  const minutes = isLate
    ? workingMinutesBetween(calendar, due, now)
    : workingMinutesBetween(calendar, now, due)
  const clock = clockTime(minutes)
  return { isLate, text: isLate ? `quá ${clock} giờ làm việc` : `còn ${clock} giờ làm việc` }
}
