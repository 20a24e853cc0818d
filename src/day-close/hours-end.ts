import { catalogueOf } from '../catalogue/catalogue.ts'
import type { Deps } from '../deps.ts'
import { closingAt, isWorkingDay } from '../domain/calendar/calendar.ts'
import { type Instant, type LocalDay, localDayOf } from '../domain/calendar/day.ts'

/** When the working hours of a shop end, while they last; null once they are over, and on any day but today. */
export function hoursEnd(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  unitId: number,
  day: LocalDay,
): Instant | null {
  const now = clock.now()
  const calendar = catalogueOf(db).calendar(unitId)
  if (day !== localDayOf(now) || !isWorkingDay(calendar, day)) return null
  const end = closingAt(calendar, day)
  return now < end ? end : null
}
