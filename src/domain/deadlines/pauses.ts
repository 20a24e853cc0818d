import { isWorkingDay, type WorkCalendar, workingMinutesBetween } from '../calendar/calendar.ts'
import { dayNumberAt, type Instant, type LocalDay } from '../calendar/day.ts'
import { dayOfNumber } from '../calendar/day-number.ts'

/** A time in which the clock of a dossier stood; a pause that ends before it begins counts nothing. */
export interface Pause {
  readonly from: Instant
  readonly to: Instant
}

/**
 * The working days a dossier stood still: for each pause its first and last day and those between, each day
 * once however many pauses touch it. A pause opened and answered on the same day adds none.
 * Throws RuleError('calendar_year_missing').
 * Example: Thursday 2023-02-09 to Tuesday 14/02 → 9, 10, 13 and 14 February.
 */
export function pausedDays(cal: WorkCalendar, pauses: readonly Pause[]): ReadonlySet<LocalDay> {
  const days = new Set<LocalDay>()
  for (const pause of pauses) {
    const [first, last] = [dayNumberAt(pause.from), dayNumberAt(pause.to)]
    if (first >= last) continue
    for (let number = first; number <= last; number += 1)
      if (isWorkingDay(cal, dayOfNumber(number))) days.add(dayOfNumber(number))
  }
  return days
}

/**
 * Minutes of office time covered by the pauses, each minute once.
 * Throws RuleError('calendar_year_missing').
 * Example: Monday 2023-03-06 09:00–11:00 and 10:00–14:00 → 210 (09:00–11:30 and 13:00–14:00).
 */
export function pausedMinutes(cal: WorkCalendar, pauses: readonly Pause[]): number {
  return apart(pauses).reduce(
    (minutes, pause) => minutes + workingMinutesBetween(cal, pause.from, pause.to),
    0,
  )
}

/**
 * The pauses in order of time with those that meet or overlap made one.
 * Example: [[9, 11], [10, 14]] → [[9, 14]] (instants).
 */
export function apart(pauses: readonly Pause[]): readonly Pause[] {
  const merged: Pause[] = []
  for (const pause of pauses.filter(({ from, to }) => from < to).sort((a, b) => a.from - b.from)) {
    const last = merged.at(-1)
    if (last && pause.from <= last.to)
      merged[merged.length - 1] = { from: last.from, to: Math.max(last.to, pause.to) }
    else merged.push(pause)
  }
  return merged
}
