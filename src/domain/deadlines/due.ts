import type { WorkCalendar } from '../calendar/calendar.ts'
import type { Instant, LocalDay } from '../calendar/day.ts'
import type { StripDay } from './strip.ts'
import type { TimeLimit } from './time-limit.ts'

/** 'day_end': until the close of the last day; 'hour_exact': working days are 8 hours each, to the minute. */
export type DeadlineMode = 'day_end' | 'hour_exact'

/** How a procedure's due date is computed; `cutoffMinute` in minutes after midnight (900 = 15:00) or null. */
export interface DeadlineRule {
  readonly limit: TimeLimit
  readonly cutoffMinute: number | null
  readonly mode: DeadlineMode
}

/** A due date with its explanation; frozen, because dossiers of one day and limit share it. */
export interface Due {
  readonly dueAt: Instant
  readonly dueOn: LocalDay
  readonly receiptDay: LocalDay
  readonly strip: readonly StripDay[]
  readonly calendarVersion: string
  /** Some day of the strip is not decided yet. */
  readonly provisional: boolean
}

/** Puts a due date together; it is provisional when a day of its strip is. */
export function dueOf(cal: WorkCalendar, parts: Pick<Due, 'dueAt' | 'dueOn' | 'receiptDay' | 'strip'>): Due {
  const provisional = parts.strip.some((day) => day.provisional)
  return Object.freeze({ ...parts, calendarVersion: cal.version, provisional })
}

/**
 * The due date remembered under `key` for this calendar, or `compute()`, remembered. The same few strips are
 * wanted thousands of times a day; when a calendar has remembered too many, it begins anew.
 */
export function remembered(cal: WorkCalendar, key: string, compute: () => Due): Due {
  const known = REMEMBERED.get(cal) ?? new Map<string, Due>()
  REMEMBERED.set(cal, known)
  const found = known.get(key)
  if (found) return found
  if (known.size >= MOST_REMEMBERED) known.clear()
  const due = compute()
  known.set(key, due)
  return due
}

const MOST_REMEMBERED = 2000
const REMEMBERED = new WeakMap<WorkCalendar, Map<string, Due>>()
