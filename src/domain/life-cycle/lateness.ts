import { addDays, type Instant, type LocalDay, localDayOf } from '../calendar/day.ts'
import { isPastMinute } from '../deadlines/past-minute.ts'
import { RuleError } from '../refusals.ts'
import type { Dossier, EndClass } from './dossier.ts'

type Clock = Pick<Dossier, 'lateOn' | 'dueOn' | 'dueAt' | 'pausedSince' | 'endedOn'>

/**
 * First day on which the dossier was overdue, seen from `today`; null while it is in time.
 * A pending dossier is overdue from the calendar day after its due date, unless it was paused before
 * it became overdue; once overdue it stays so, whatever later moves the date (NĐ 61/2018 art 19.9).
 * Example: due 2023-03-09, pending and running, today 2023-03-10 → '2023-03-10'; today 2023-03-09 → null.
 */
export function lateOnAsOf(dossier: Clock, today: LocalDay): LocalDay | null {
  if (dossier.lateOn !== null) return dossier.lateOn
  if (!isRunning(dossier) || dossier.dueOn === null) return null
  return today > dossier.dueOn ? addDays(dossier.dueOn, 1) : null
}

/**
 * The same at a moment: where the procedure is judged by the minute (`lateness` 'minute'), a dossier is late as
 * soon as its due minute has passed. Day cells know days only, so the first overdue day is still the day after.
 * Example: due 2023-03-10 17:00, at 17:45 → null by date, '2023-03-11' by the minute.
 */
export function lateOnAt(dossier: Clock, at: Instant, lateness: 'date' | 'minute'): LocalDay | null {
  const byDate = lateOnAsOf(dossier, localDayOf(at))
  if (byDate !== null || lateness === 'date') return byDate
  if (!isRunning(dossier) || dossier.dueAt === null || !isPastMinute(at, dossier.dueAt)) return null
  return addDays(localDayOf(dossier.dueAt), 1)
}

/**
 * Early, on time or late at `endedAt`: by date against the due date in force (default), or by the minute
 * where the procedure says so; a dossier that became late before ends late. Throws `never_accepted` when there
 * is no due date: such a dossier is in no class.
 * Example: due 2023-03-10 17:00, ended 2023-03-10 17:45 → 'on_time' by date, 'late' by the minute.
 */
export function endClassOf(dossier: Clock, endedAt: Instant, lateness: 'date' | 'minute'): EndClass {
  if (dossier.dueOn === null) throw new RuleError('never_accepted')
  if (lateOnAt(dossier, endedAt, lateness) !== null) return 'late'
  return localDayOf(endedAt) < dossier.dueOn ? 'early' : 'on_time'
}

/**
 * Whether the 8 working hours to receive an online submission (NĐ 45/2020) had run out at `at` without an answer.
 * A submission that waits for its applicant does not become late; one that was late stays so.
 * Example: due Monday 2023-03-06 16:00, accepted 16:00:59 → false; 16:01 → true.
 */
export function isReceivedLate(
  dossier: Pick<Dossier, 'receivedLate' | 'subState' | 'receivingDueAt'>,
  at: Instant,
): boolean {
  if (dossier.receivedLate) return true
  const waitsForApplicant = dossier.subState === 'asked_before_acceptance'
  return !waitsForApplicant && dossier.receivingDueAt !== null && isPastMinute(at, dossier.receivingDueAt)
}

function isRunning(dossier: Clock): boolean {
  return dossier.endedOn === null && dossier.pausedSince === null
}
