import type { StoredDossier } from '../../db/queries/dossiers.ts'
import {
  addWorkingDays,
  closingAt,
  countWorkingDays,
  type WorkCalendar,
} from '../domain/calendar/calendar.ts'
import { addDays, type Instant, type LocalDay, localDayOf, parseDay } from '../domain/calendar/day.ts'
import { RuleError } from '../domain/refusals.ts'
import type { Typed } from '../web/forms.ts'

/** The day from which a new appointment counts: the due date, or today where that is past. */
export function appointmentBase({ dueOn }: Pick<StoredDossier, 'dueOn'>, now: Instant): LocalDay {
  const today = localDayOf(now)
  return dueOn !== null && dueOn > today ? dueOn : today
}

export interface TypedAppointment {
  readonly on: LocalDay
  readonly days: number
  readonly at: Instant
}

/** The new appointment: days and date say the same, and the one changed since it was shown decides; null: neither. */
export function typedAppointment(
  typed: Typed,
  base: LocalDay,
  calendar: WorkCalendar,
): TypedAppointment | null {
  const { appointmentDays = '', appointmentOn = '', daysShown = '' } = typed
  const days = /^[1-9]\d{0,2}$/.test(appointmentDays) ? Number(appointmentDays) : null
  const byDays = days !== null && (appointmentOn === '' || appointmentDays !== daysShown)
  if (byDays) {
    const on = addWorkingDays(calendar, base, days)
    return { on, days, at: closingAt(calendar, on) }
  }
  if (appointmentOn === '') return null
  const on = parseDay(appointmentOn)
  return { on, days: countWorkingDays(calendar, addDays(base, 1), on), at: closingAt(calendar, on) }
}

/** What was typed with both ways of saying the appointment filled in, as the form shows it again. */
export function pairedTyped(typed: Typed, base: LocalDay, calendar: WorkCalendar): Typed {
  try {
    const found = typedAppointment(typed, base, calendar)
    if (found === null) return typed
    const [days, on] = [String(found.days), found.on]
    return { ...typed, appointmentDays: days, appointmentOn: on, daysShown: days }
  } catch (error) {
    // What cannot be read stays as it was typed; the form says why.
    if (error instanceof RuleError) return typed
    throw error
  }
}
