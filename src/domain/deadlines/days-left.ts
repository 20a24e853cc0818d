import { countWorkingDays, previousWorkingDay, type WorkCalendar } from '../calendar/calendar.ts'
import { addDays, type LocalDay } from '../calendar/day.ts'

/**
 * The last day on which an apology for a dossier due on `dueOn` is in time: the working day before.
 * "Chậm nhất 01 ngày trước ngày hết hạn": NĐ 61/2018 art. 19.9. Throws RuleError('calendar_year_missing').
 * Example: due Monday 2023-03-27 → Friday 2023-03-24.
 */
export function apologyDueOn(cal: WorkCalendar, dueOn: LocalDay): LocalDay {
  return previousWorkingDay(cal, dueOn)
}

/**
 * Working days in (dueOn, endOn], 0 when not overdue. A dossier ended on a day of rest after its due date is
 * late by 0 working days, yet late. Throws RuleError('calendar_year_missing').
 * Example: due Wednesday 2023-03-15, result Friday 17/03 → 2.
 */
export function overdueWorkingDays(cal: WorkCalendar, dueOn: LocalDay, endOn: LocalDay): number {
  return endOn <= dueOn ? 0 : countWorkingDays(cal, addDays(dueOn, 1), endOn)
}

/**
 * Working days from `today` to `dueOn`, today not counted: 0 on the due date itself. Once it has passed,
 * minus the working days overdue, at least -1, so that a passed date never reads like today's.
 * Throws RuleError('calendar_year_missing').
 * Example: today Tuesday 2023-03-07, due Thursday 09/03 → 2 ("còn 2 ngày làm việc"); on Saturday 11/03 → -1.
 */
export function workingDaysLeft(cal: WorkCalendar, today: LocalDay, dueOn: LocalDay): number {
  return today <= dueOn
    ? overdueWorkingDays(cal, today, dueOn)
    : -Math.max(1, overdueWorkingDays(cal, dueOn, today))
}
