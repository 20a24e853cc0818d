import { RuleError } from '../refusals.ts'
import type { CalendarDay, CalendarDayKind } from './calendar-day.ts'
import { type LocalDay, parseDay } from './day.ts'
import { dayNumber, dayOfNumber } from './day-number.ts'
import { makeUpShifts, type OfficeHours, orderedHours, type Shift, weekdayOf } from './office-hours.ts'
import { occasionOf, projectedYear } from './projected-year.ts'

/** What a calendar is made of. Years are four digits; rows may come in any order. */
export interface CalendarInput {
  readonly version: string
  readonly days: readonly CalendarDay[]
  readonly hours: readonly OfficeHours[]
  /** The last year all of whose days off are decided. */
  readonly decidedThrough: number
  /** The last year to project provisionally. */
  readonly projectThrough: number
  /** Closures and exceptions of one unit; they win over the national days. */
  readonly unitDays?: readonly CalendarDay[]
}

/** What a calendar says of one day. */
export interface DayRule {
  readonly working: boolean
  readonly reception: boolean
  /** Working shifts; empty on a day off. */
  readonly shifts: readonly Shift[]
  /** Shifts in which the shop receives: those of work unless the office hours say otherwise. */
  readonly receptionShifts: readonly Shift[]
  readonly name?: string
  readonly kind?: CalendarDayKind
  readonly document?: string
  readonly provisional?: true
}

/** An immutable calendar with its sums prepared; ask it through calendar.ts. Places count from `firstDay`. */
export interface WorkCalendar {
  readonly version: string
  readonly firstDay: LocalDay
  readonly lastDay: LocalDay
  readonly decidedThrough: number
  readonly firstNumber: number
  readonly rules: readonly DayRule[]
  /** Places of the working days, in order. */
  readonly workingPlaces: Int32Array
  /** Working days before each place, and in all at the end. */
  readonly workingBefore: Int32Array
  /** Working minutes before each place, and in all at the end. */
  readonly minutesBefore: Int32Array
}

/**
 * Builds a calendar from its first year with data to `projectThrough`.
 * A year after `decidedThrough`, or without any national row, is projected (projectedYear) and every day
 * of it is provisional; rows given for such a year replace the projected rows of the same occasion, and
 * are themselves decided unless they say `provisional`.
 * Throws RuleError: invalid_day, duplicate_calendar_day, invalid_office_hours.
 * Example: with rows for 2018…2026, decidedThrough 2026 and projectThrough 2028, a due date in March 2028 is
 * computed and marked, one in 2029 is refused (calendar_year_missing).
 */
export function makeCalendar(input: CalendarInput): WorkCalendar {
  const hours = orderedHours(input.hours)
  const national = byDate(input.days)
  const unit = byDate(input.unitDays ?? [])
  const firstDay = firstDayOf(input, hours)
  const lastYear = Math.max(input.decidedThrough, input.projectThrough)
  const provisionalYears = projectInto(national, input, Number(firstDay.slice(0, 4)), lastYear)
  const lastDay = `${lastYear}-12-31`
  const rules: DayRule[] = []
  const ordinary = new Map<string, DayRule>()
  let row = 0
  for (let number = dayNumber(firstDay); number <= dayNumber(lastDay); number += 1) {
    const day = dayOfNumber(number)
    while (hours[row + 1] && hours[row + 1]!.from <= day) row += 1
    const provisionalYear = provisionalYears.has(day.slice(0, 4))
    const special = unit.get(day) ?? national.get(day)
    if (special) {
      rules.push(specialRule(special, hours[row]!))
      continue
    }
    const key = `${row} ${weekdayOf(day)} ${provisionalYear}`
    const rule = ordinary.get(key) ?? ordinaryRule(hours[row]!, day, provisionalYear)
    ordinary.set(key, rule)
    rules.push(rule)
  }
  return Object.freeze({
    version: input.version,
    firstDay,
    lastDay,
    decidedThrough: input.decidedThrough,
    firstNumber: dayNumber(firstDay),
    rules: Object.freeze(rules),
    ...sumsOf(rules),
  })
}

function byDate(days: readonly CalendarDay[]): Map<LocalDay, CalendarDay> {
  const map = new Map<LocalDay, CalendarDay>()
  for (const day of days) {
    if (map.has(parseDay(day.date))) throw new RuleError('duplicate_calendar_day', { day: day.date })
    map.set(day.date, day)
  }
  return map
}

function firstDayOf(input: CalendarInput, hours: readonly OfficeHours[]): LocalDay {
  const firstHours = parseDay(hours[0]!.from)
  const years = input.days.map((day) => day.date.slice(0, 4)).sort()
  const firstRow = `${years[0] ?? firstHours.slice(0, 4)}-01-01`
  return firstRow > firstHours ? firstRow : firstHours
}

/** Adds projected days to `national` and returns the years that are provisional. */
function projectInto(
  national: Map<LocalDay, CalendarDay>,
  input: CalendarInput,
  firstYear: number,
  lastYear: number,
): ReadonlySet<string> {
  const yearsWithRows = new Set(input.days.map((day) => day.date.slice(0, 4)))
  const provisional = new Set<string>()
  for (let year = firstYear; year <= lastYear; year += 1) {
    if (year <= input.decidedThrough && yearsWithRows.has(String(year))) continue
    provisional.add(String(year))
    const given = input.days.filter((day) => day.date.startsWith(String(year)))
    const decided = new Set(given.map(occasionOf))
    for (const day of projectedYear(year))
      if (!decided.has(occasionOf(day)) && !national.has(day.date)) national.set(day.date, day)
  }
  return provisional
}

function specialRule(day: CalendarDay, hours: OfficeHours): DayRule {
  const shifts = day.kind === 'make_up' ? makeUpShifts(hours, weekdayOf(day.date)) : []
  return Object.freeze({
    working: shifts.length > 0,
    reception: shifts.length > 0,
    shifts,
    receptionShifts: shifts,
    name: day.name,
    kind: day.kind,
    ...(day.document !== undefined && { document: day.document }),
    ...(day.provisional && { provisional: true as const }),
  })
}

function ordinaryRule(hours: OfficeHours, day: LocalDay, provisional: boolean): DayRule {
  const shifts = hours.week[weekdayOf(day)]
  const receptionShifts = hours.reception?.[weekdayOf(day)] ?? shifts
  return Object.freeze({
    working: shifts.length > 0,
    reception: receptionShifts.length > 0,
    shifts,
    receptionShifts,
    ...(provisional && { provisional: true as const }),
  })
}

function sumsOf(
  rules: readonly DayRule[],
): Pick<WorkCalendar, 'workingPlaces' | 'workingBefore' | 'minutesBefore'> {
  const workingBefore = new Int32Array(rules.length + 1)
  const minutesBefore = new Int32Array(rules.length + 1)
  const places: number[] = []
  for (const [place, rule] of rules.entries()) {
    if (rule.working) places.push(place)
    workingBefore[place + 1] = places.length
    minutesBefore[place + 1] =
      minutesBefore[place]! + rule.shifts.reduce((minutes, [from, to]) => minutes + to - from, 0)
  }
  return { workingPlaces: Int32Array.from(places), workingBefore, minutesBefore }
}
