import type { Deps } from '../deps.ts'
import { addDays, type Instant, instantAt, localDayOf } from '../domain/calendar/day.ts'
import { jobMinutes } from '../job-times.ts'
import type { JobName } from '../jobs.ts'
import { RECURRING } from '../recurring.ts'
import { nextToClose } from '../reports/closed-kinds.ts'
import { closingSpan } from '../reports/late-closings.ts'

/** When each job is due next; those done on demand are missing. */
export function nextDue(deps: Pick<Deps, 'db' | 'clock'>): ReadonlyMap<JobName, Instant> {
  const { db, clock } = deps
  const now = clock.now()
  const minutes = jobMinutes(db)
  const due = new Map<JobName, Instant>()
  for (const entry of RECURRING) {
    if (!('atMinute' in entry)) continue
    const minute = minutes[entry.job] ?? entry.atMinute
    const today = instantAt(localDayOf(now), minute)
    due.set(entry.job, today > now ? today : instantAt(addDays(localDayOf(now), 1), minute))
  }
  const span = closingSpan({ db })
  const closing = span === null ? null : nextToClose(now, span)
  if (closing !== null) due.set('close-period', closing)
  return due
}
