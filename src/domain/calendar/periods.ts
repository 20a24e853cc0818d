import { RuleError } from '../refusals.ts'
import { addMonths } from './add-months.ts'
import { nextWorkingDay, type WorkCalendar } from './calendar.ts'
import { addDays, daysBetween, type Instant, instantAt, isoWeekday, type LocalDay, parseDay } from './day.ts'
import { periodLabel } from './period-label.ts'

export type PeriodKind = 'week' | 'month' | 'quarter' | 'half_year' | 'year' | 'range'
export type PeriodScheme = 'iso_week' | 'calendar' | 'cutoff' | 'free'

/** A reporting period: local days, both included. Two periods are the same when their keys are. */
export interface Period {
  readonly key: string
  readonly kind: PeriodKind
  readonly scheme: PeriodScheme
  readonly from: LocalDay
  readonly to: LocalDay
  /** Vietnamese, as in a heading: 'Tuần 10/2023 (06/03/2023 – 12/03/2023)'. */
  readonly label: string
}

/**
 * Reads a period: '2023-W10' (ISO week), '2023-03', '2023-Q1', '2023-H1', '2023', or any days
 * '2023-03-06..2023-03-12' (at most ten years). Months and longer may carry a cut-off: with '@15-14' a month
 * runs from the 15th of the month before to the 14th (NĐ 09/2019 art. 12), a quarter, half-year or year
 * likewise; the second number is the first less one, the first 2 to 28. Years 1990 to 2100.
 * Throws RuleError('invalid_period') for anything else, also for week 53 of a year of 52 weeks.
 * Example: parsePeriod('2023-Q1@15-14') runs from 2022-12-15 to 2023-03-14.
 */
export function parsePeriod(text: string): Period {
  const period = readPeriod(text)
  if (!period || period.key !== text) throw new RuleError('invalid_period', { value: text })
  return period
}

/**
 * The period of a kind in which `day` falls; weeks have no cut-off and ignore it.
 * Throws RuleError('invalid_period') for a cut-off outside 2…28 and years outside 1990…2100.
 * Example: periodOf('month', '2023-03-15', 15) is '2023-04@15-14'.
 */
export function periodOf(kind: Exclude<PeriodKind, 'range'>, day: LocalDay, cutoffDay?: number): Period {
  if (kind === 'week') return weekPeriod(weekKeyOf(day))
  if (cutoffDay !== undefined && !isCutoff(cutoffDay))
    throw new RuleError('invalid_period', { value: `@${cutoffDay}` })
  const shifted =
    cutoffDay !== undefined && Number(day.slice(8)) >= cutoffDay ? addMonths(`${day.slice(0, 7)}-01`, 1) : day
  const month = Number(shifted.slice(5, 7))
  return monthsPeriod(kind, Number(shifted.slice(0, 4)), Math.ceil(month / MONTHS[kind]), cutoffDay)
}

/** The period of the same kind and scheme just before; of days, as many days. Example: '2023-Q1' → '2022-Q4'. */
export function previousPeriod(period: Period): Period {
  return neighbour(period, addDays(period.from, -1), -1)
}

/** The period of the same kind and scheme just after. Example: '2020-W53' → '2021-W01'. */
export function nextPeriod(period: Period): Period {
  return neighbour(period, addDays(period.to, 1), 1)
}

/**
 * When the figures of a period are closed: 06:00 of the day after a week (Monday) or a range of days, and
 * 06:00 of the second working day after a month or longer; `minute` of the day says another hour.
 * Throws RuleError('calendar_year_missing').
 * Example: '2023-04' → Friday 2023-05-05 06:00, since 1/5 to 3/5 are off.
 */
export function closesAt(cal: WorkCalendar, period: Period, minute: number = CLOSING_MINUTE): Instant {
  const isShort = period.kind === 'week' || period.kind === 'range'
  const day = isShort ? addDays(period.to, 1) : nextWorkingDay(cal, nextWorkingDay(cal, period.to))
  return instantAt(day, minute)
}

const CLOSING_MINUTE = 6 * 60
const LONGEST_RANGE_DAYS = 3660

type MonthsKind = Exclude<PeriodKind, 'week' | 'range'>

const MONTHS = { month: 1, quarter: 3, half_year: 6, year: 12 } as const satisfies Record<MonthsKind, number>

function readPeriod(text: string): Period | undefined {
  const range = /^(\d{4}-\d\d-\d\d)\.\.(\d{4}-\d\d-\d\d)$/.exec(text)
  if (range) return rangePeriod(text, range[1]!, range[2]!)
  if (/^\d{4}-W\d\d$/.test(text)) return weekPeriod(text)
  const parts = /^(\d{4})(?:-(?:(\d\d)|Q([1-4])|H([12])))?(?:@(\d{1,2})-\d{1,2})?$/.exec(text)
  if (!parts) return undefined
  const [, year, month, quarter, half, cutoff] = parts
  const kind = month ? 'month' : quarter ? 'quarter' : half ? 'half_year' : 'year'
  const cutoffDay = cutoff === undefined ? undefined : Number(cutoff)
  const index = Number(month ?? quarter ?? half ?? 1)
  if (index < 1 || index > 12 || (cutoffDay !== undefined && !isCutoff(cutoffDay))) return undefined
  return monthsPeriod(kind, Number(year), index, cutoffDay)
}

/** The index-th month, quarter, half or whole of a year; its last month names it. */
function monthsPeriod(kind: MonthsKind, year: number, index: number, cutoffDay: number | undefined): Period {
  const names = { month: `-${two(index)}`, quarter: `-Q${index}`, half_year: `-H${index}`, year: '' } as const
  const suffix = cutoffDay === undefined ? '' : `@${cutoffDay}-${cutoffDay - 1}`
  const key = `${inRange(year)}${names[kind]}${suffix}`
  const first = addMonths(`${year}-01-01`, (index - 1) * MONTHS[kind])
  const after = addMonths(first, MONTHS[kind])
  const shift = (day: LocalDay) =>
    cutoffDay === undefined ? day : addDays(addMonths(day, -1), cutoffDay - 1)
  const days = { from: shift(first), to: addDays(shift(after), -1) }
  return labelled({ key, kind, scheme: cutoffDay === undefined ? 'calendar' : 'cutoff', ...days })
}

function weekPeriod(key: string): Period {
  const year = inRange(Number(key.slice(0, 4)))
  // ISO 8601: week 1 is the week with 4 January.
  const firstMonday = addDays(`${year}-01-04`, 1 - isoWeekday(`${year}-01-04`))
  const from = addDays(firstMonday, (Number(key.slice(6)) - 1) * 7)
  return labelled({ key: weekKeyOf(from), kind: 'week', scheme: 'iso_week', from, to: addDays(from, 6) })
}

function weekKeyOf(day: LocalDay): string {
  const thursday = addDays(day, 4 - isoWeekday(day))
  const year = thursday.slice(0, 4)
  return `${year}-W${two(Math.floor(daysBetween(`${year}-01-01`, thursday) / 7) + 1)}`
}

function rangePeriod(text: string, from: LocalDay, to: LocalDay): Period {
  for (const day of [from, to])
    if (!isDay(day) || Number(day.slice(0, 4)) < 1990) throw new RuleError('invalid_period', { value: text })
  if (to < from || daysBetween(from, to) >= LONGEST_RANGE_DAYS)
    throw new RuleError('invalid_period', { value: text })
  return labelled({ key: `${from}..${to}`, kind: 'range', scheme: 'free', from, to })
}

function neighbour(period: Period, day: LocalDay, direction: 1 | -1): Period {
  if (period.kind !== 'range')
    return periodOf(period.kind, day, period.scheme === 'cutoff' ? Number(period.from.slice(8)) : undefined)
  const far = addDays(day, direction * daysBetween(period.from, period.to))
  const [from, to] = direction === 1 ? [day, far] : [far, day]
  return rangePeriod(`${from}..${to}`, from, to)
}

function labelled(period: Omit<Period, 'label'>): Period {
  return Object.freeze({ ...period, label: periodLabel(period) })
}

function isCutoff(day: number): boolean {
  return Number.isInteger(day) && day >= 2 && day <= 28
}

function isDay(text: string): boolean {
  try {
    return parseDay(text) === text
  } catch {
    return false
  }
}

function inRange(year: number): number {
  if (year < 1990 || year > 2100) throw new RuleError('invalid_period', { value: String(year) })
  return year
}

function two(value: number): string {
  return String(value).padStart(2, '0')
}
