import { RuleError } from '../refusals.ts'
import { isoWeekday, type LocalDay } from './day.ts'

/** From and to in minutes after midnight; [450, 690] is 07:30–11:30. */
export type Shift = readonly [fromMinute: number, toMinute: number]

export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7

/** The hours of a week, in force from a day until the next row. Summer and winter hours are two rows a year. */
export interface OfficeHours {
  readonly from: LocalDay
  readonly week: Readonly<Record<Weekday, readonly Shift[]>>
  /** Hours in which the shop receives, where they differ: a staffed Saturday receives and does not count. */
  readonly reception?: Readonly<Partial<Record<Weekday, readonly Shift[]>>>
}

/**
 * Checks the rows of office hours and returns them in order of their first day.
 * Throws RuleError('invalid_office_hours') when there are none, when two begin on one day, or when
 * shifts are not whole minutes of one day, in order and apart (the last may end at 23:59).
 * Example: a week of [[450, 690], [780, 1020]] from Monday to Friday is 40 hours.
 */
export function orderedHours(rows: readonly OfficeHours[]): readonly OfficeHours[] {
  const ordered = [...rows].sort((a, b) => (a.from < b.from ? -1 : 1))
  if (ordered.length === 0) throw new RuleError('invalid_office_hours', { from: '' })
  for (const [place, row] of ordered.entries()) {
    const days = [...Object.values(row.week), ...Object.values(row.reception ?? {})]
    if (row.from === ordered[place + 1]?.from || !days.every(areApart))
      throw new RuleError('invalid_office_hours', { from: row.from })
  }
  return ordered
}

/** The weekday of `day` as a key of OfficeHours. Example: '2023-03-11' → 6. */
export function weekdayOf(day: LocalDay): Weekday {
  return isoWeekday(day) as Weekday
}

/**
 * The shifts of a make-up day: those of its own weekday if that is worked anyway, else those of the last
 * worked weekday before it, so that a make-up Saturday has Friday's hours. Empty when no day is worked.
 * Example: Saturday 2024-05-04 with the hours above → [[450, 690], [780, 1020]].
 */
export function makeUpShifts(hours: OfficeHours, weekday: Weekday): readonly Shift[] {
  for (let back = 0; back < 7; back += 1) {
    const shifts = hours.week[(((weekday - 1 - back + 7) % 7) + 1) as Weekday]
    if (shifts.length > 0) return shifts
  }
  return []
}

function areApart(shifts: readonly Shift[]): boolean {
  return shifts.every(
    ([from, to], place) =>
      Number.isInteger(from) &&
      Number.isInteger(to) &&
      from >= (shifts[place - 1]?.[1] ?? 0) &&
      from < to &&
      to <= 1439,
  )
}
