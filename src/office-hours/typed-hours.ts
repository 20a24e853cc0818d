import type { OfficeHours, Shift } from '../domain/calendar/calendar.ts'
import { clockMinute } from '../domain/calendar/clock-time.ts'
import type { Weekday } from '../domain/calendar/office-hours.ts'
import { RuleError } from '../domain/refusals.ts'
import { isHour } from '../settings/setting-value.ts'
import type { Typed } from '../web/forms.ts'

type Week = OfficeHours['week']

export interface WeekHours {
  readonly week: Week
  readonly reception: NonNullable<OfficeHours['reception']> | null
}

const WORKED: readonly Weekday[] = [1, 2, 3, 4, 5]

/**
 * The week of a form: the same two shifts from Monday to Friday, other hours of reception where they are given, and a
 * Saturday that receives. Which days are worked is the calendar's: a Saturday that receives does not count
 * (QĐ 14/2010/QĐ-TTg). Throws `invalid_office_hours`.
 */
export function weekTyped(typed: Typed, from: string): WeekHours {
  const shiftsOf = (...names: readonly string[]) => names.flatMap((name) => shiftTyped(typed, name, from))
  const shifts = shiftsOf('morning', 'afternoon')
  if (shifts.length === 0) throw new RuleError('invalid_office_hours', { from })
  const own = shiftsOf('reception-morning', 'reception-afternoon')
  const saturday = shiftsOf('saturday-morning', 'saturday-afternoon')
  const each = (days: readonly Weekday[], of: readonly Shift[]) => days.map((day) => [day, of] as const)
  const reception = [
    ...(own.length > 0 ? each(WORKED, own) : []),
    ...(saturday.length > 0 ? each([6], saturday) : []),
  ]
  return {
    week: Object.fromEntries([...each(WORKED, shifts), ...each([6, 7], [])]) as Week,
    reception: reception.length > 0 ? Object.fromEntries(reception) : null,
  }
}

/** Both ends, or neither. */
function shiftTyped(typed: Typed, name: string, from: string): readonly Shift[] {
  const [start = '', end = ''] = [typed[`${name}-from`], typed[`${name}-to`]]
  if (start === '' && end === '') return []
  if (!isHour(start) || !isHour(end)) throw new RuleError('invalid_office_hours', { from })
  return [[clockMinute(start), clockMinute(end)]]
}
