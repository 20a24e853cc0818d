import type { Deps } from '../deps.ts'
import { addDays, type Instant, instantAt, localDayOf } from '../domain/calendar/day.ts'

const SHOWN_DAYS = 90

/** Decisions of the last 90 days are shown. */
export function decidedSince({ clock }: Pick<Deps, 'clock'>): Instant {
  return instantAt(addDays(localDayOf(clock.now()), -SHOWN_DAYS), 0)
}
