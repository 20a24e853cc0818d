import { catalogueOf } from '../catalogue/catalogue.ts'
import { fixedClock } from '../clock.ts'
import { closesAt } from '../domain/calendar/periods.ts'
import type { Installation } from '../installation.ts'
import { closePeriod } from '../reports/close-period.ts'
import { duePeriods } from './due-periods.ts'
import type { Progress } from './progress.ts'

/** Closes every period of the demonstration that is due, each stamped with the hour at which it would have closed. */
export function closeDemo(installation: Installation, onProgress: Progress): number {
  const { db } = installation
  const calendar = catalogueOf(db).calendar(null)
  const periods = duePeriods(installation)
  for (const [index, period] of periods.entries()) {
    closePeriod({ db, clock: fixedClock(closesAt(calendar, period)) }, period)
    onProgress(index + 1, periods.length)
  }
  return periods.length
}
