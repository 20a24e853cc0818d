import { RuleError } from '../refusals.ts'
import { dayOfNumber } from './day-number.ts'
import type { WorkCalendar } from './work-calendar.ts'

/**
 * The place of a day (given as days since 1970-01-01) in a calendar's tables, 0 for its first day.
 * Throws RuleError('calendar_year_missing') outside the calendar: a date without data is refused, never guessed.
 * Example: place 0 of a calendar from 2018-01-01 is day number 17532.
 */
export function placeOf(cal: WorkCalendar, number: number): number {
  const place = number - cal.firstNumber
  if (place < 0 || place >= cal.rules.length) throw yearMissing(cal, number)
  return place
}

/** The refusal for a day (days since 1970-01-01) the calendar has no data for. */
export function yearMissing(cal: WorkCalendar, number: number): RuleError {
  return new RuleError('calendar_year_missing', {
    day: dayOfNumber(number),
    from: cal.firstDay,
    to: cal.lastDay,
  })
}
