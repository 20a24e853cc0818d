import type { LocalDay } from './day.ts'
import { addDays, localDayOf } from './day.ts'
import type { Dossier, EndClass } from './dossier.ts'
import type { Instant } from './day.ts'

type Clock = Pick<Dossier, 'lateOn' | 'dueOn' | 'dueAt' | 'pausedSince' | 'endedOn' | 'endClass'>

/**
 * First day on which the dossier was overdue, seen from `today`; null while it is in time.
 * A pending dossier is overdue from the calendar day after its due date, unless it was paused before
 * it became overdue; once overdue it stays so, whatever later moves the date (NĐ 61/2018 art 19.9).
 * Example: due 2023-03-09, pending and running, today 2023-03-10 → '2023-03-10'; today 2023-03-09 → null.
 */
export function lateOnAsOf(dossier: Clock, today: LocalDay): LocalDay | null {
  if (dossier.lateOn !== null) return dossier.lateOn
  if (dossier.endedOn !== null || dossier.pausedSince !== null || dossier.dueOn === null) return null
  return today > dossier.dueOn ? addDays(dossier.dueOn, 1) : null
}

/**
 * Early, on time or late at `endedAt`: by date against the due date in force (default), or by the minute
 * where the procedure says so; a dossier that became late before ends late.
 * Example: due 2023-03-10 17:00, ended 2023-03-10 17:45 → 'on_time' by date, 'late' by the minute.
 */
export function endClassOf(dossier: Clock, endedAt: Instant, lateness: 'date' | 'minute'): EndClass {
  const endedOn = localDayOf(endedAt)
  if (lateOnAsOf(dossier, endedOn) !== null) return 'late'
  if (dossier.dueOn === null || dossier.dueAt === null || endedOn < dossier.dueOn) return 'early'
  return lateness === 'minute' && endedAt > dossier.dueAt ? 'late' : 'on_time'
}
