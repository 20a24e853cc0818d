import { RuleError } from '../refusals.ts'
import { dayNumber, dayOfNumber } from './day-number.ts'

/** A calendar day in Vietnam, 'YYYY-MM-DD'. Days of one form compare as text. */
export type LocalDay = string

/** Integer milliseconds since 1970-01-01T00:00Z. */
export type Instant = number

export const TIME_ZONE = 'Asia/Ho_Chi_Minh'

/**
 * The day in Vietnam on which `at` falls. Vietnam has kept UTC+7 without summer time since 1975, so
 * this is arithmetic; a test compares it with the time zone database.
 * Example: localDayOf(Date of 2023-03-09T17:00Z) = '2023-03-10'.
 */
export function localDayOf(at: Instant): LocalDay {
  return dayOfNumber(dayNumberAt(at))
}

/** The same day as a day number (days since 1970-01-01). Example: 2023-03-06T00:00+07:00 → 19422. */
export function dayNumberAt(at: Instant): number {
  return Math.floor((at + OFFSET_MS) / DAY_MS)
}

/**
 * Minutes since local midnight, 0…1439; seconds are dropped, since limits are compared by the minute.
 * Example: at 15:00:59 in Vietnam → 900.
 */
export function minuteOfDay(at: Instant): number {
  return Math.floor((at + OFFSET_MS) / MINUTE_MS) - dayNumberAt(at) * 1440
}

/** The instant `minute` minutes after local midnight of `day`. Example: ('2023-03-09', 1020) → 17:00. */
export function instantAt(day: LocalDay, minute: number): Instant {
  return dayNumber(day) * DAY_MS - OFFSET_MS + minute * MINUTE_MS
}

/** The day `days` after `day` (before, when negative). Example: ('2023-02-28', 1) → '2023-03-01'. */
export function addDays(day: LocalDay, days: number): LocalDay {
  return dayOfNumber(dayNumber(day) + days)
}

/** Days from `from` to `to`, negative when `to` is earlier. Example: ('2023-03-06', '2023-03-09') → 3. */
export function daysBetween(from: LocalDay, to: LocalDay): number {
  return dayNumber(to) - dayNumber(from)
}

/** 1 = Monday … 7 = Sunday. Example: isoWeekday('2023-03-06') = 1. */
export function isoWeekday(day: LocalDay): number {
  return ((((dayNumber(day) + 3) % 7) + 7) % 7) + 1
}

/**
 * Reads a day written exactly 'YYYY-MM-DD', years 1900 to 2100 (people's dates of birth included).
 * Throws RuleError('invalid_day') for anything else, also for days that do not exist.
 * Example: parseDay('2023-02-28') = '2023-02-28'; '2023-02-29' is refused.
 */
export function parseDay(text: string): LocalDay {
  if (!/^(19\d\d|20\d\d|2100)-\d\d-\d\d$/.test(text) || dayOfNumber(dayNumber(text)) !== text)
    throw new RuleError('invalid_day', { value: text })
  return text
}

const WRITTEN_INSTANT =
  /^(\d{4}-\d\d-\d\d)T([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(?:\.(\d{1,9}))?)?(?:(Z)|([+-])(0\d|1[0-4]):([0-5]\d))?$/

/**
 * Reads an ISO date and time with 'Z' or an offset, or a local one ('2023-03-09T08:30', seconds and
 * fraction optional), which is taken as Vietnamese time. Fractions beyond the millisecond are dropped.
 * Throws RuleError('invalid_instant') for anything else and for years outside 1990…2100.
 * Example: '2023-03-09T10:00:00Z' and '2023-03-09T17:00' are the same instant.
 */
export function parseInstant(text: string): Instant {
  const parts = WRITTEN_INSTANT.exec(text)
  const day = parts?.[1]
  if (!parts || !day || dayOfNumber(dayNumber(day)) !== day)
    throw new RuleError('invalid_instant', { value: text })
  const [hour, minute, second = 0] = [parts[2], parts[3], parts[4]].map((part) => Number(part ?? 0))
  const millisecond = Number((parts[5] ?? '0').padEnd(3, '0').slice(0, 3))
  const at =
    dayNumber(day) * DAY_MS +
    (hour! * 60 + minute!) * MINUTE_MS +
    second * 1000 +
    millisecond -
    offsetOf(parts)
  const year = Number(localDayOf(at).slice(0, 4))
  if (year < 1990 || year > 2100) throw new RuleError('invalid_instant', { value: text })
  return at
}

/**
 * Prints an instant in Vietnamese time with its offset; milliseconds only when there are any.
 * parseInstant reads it back. Example: '2023-03-09T17:00:00+07:00'.
 */
export function printInstant(at: Instant): string {
  const rest = at + OFFSET_MS - dayNumberAt(at) * DAY_MS
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0')
  const fraction = rest % 1000 === 0 ? '' : `.${String(rest % 1000).padStart(3, '0')}`
  return `${localDayOf(at)}T${two(rest / 3_600_000)}:${two((rest / MINUTE_MS) % 60)}:${two((rest / 1000) % 60)}${fraction}+07:00`
}

const MINUTE_MS = 60_000
const DAY_MS = 86_400_000
const OFFSET_MS = 7 * 3_600_000

function offsetOf(parts: RegExpExecArray): number {
  if (parts[6]) return 0
  if (!parts[7]) return OFFSET_MS
  const size = (Number(parts[8]) * 60 + Number(parts[9])) * MINUTE_MS
  return parts[7] === '-' ? -size : size
}
