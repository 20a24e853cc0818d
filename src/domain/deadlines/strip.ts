import { type DayRule, dayRule, type WorkCalendar } from '../calendar/calendar.ts'
import type { LocalDay } from '../calendar/day.ts'
import { dayNumber, dayOfNumber } from '../calendar/day-number.ts'

/** One day of the explanation of a due date. `n` numbers the days the limit counted. */
export interface StripDay {
  readonly date: LocalDay
  readonly kind: 'counted' | 'off' | 'weekend' | 'paused' | 'reception_only'
  readonly n?: number
  readonly name?: string
  readonly document?: string
  readonly provisional?: true
}

/** How the days of a strip are numbered. */
export interface Numbering {
  /** Days off count too: limits in calendar days and months. */
  readonly everyDay: boolean
  /** The last number; days after it (the roll to a working day) have none. */
  readonly last: number
  /** The receipt day counts too: limits in hours, when time still runs on it. */
  readonly fromReceiptDay: boolean
}

/**
 * Every day from the receipt day to the due day, both included, each with what it is and why; frozen.
 * - 'counted': a working day (or any day a calendar-day limit counts); the receipt day without a number.
 * - 'paused': a working day on which the clock stood.
 * - 'reception_only': a day without work on which the shop receives, or on which staff accepted this dossier.
 * - 'off': a day off of the calendar, with its name and document; 'weekend': an ordinary day of rest.
 * Throws RuleError('calendar_year_missing').
 * Example: 3 working days from 2023-04-27: 27/4, 28/4 (1), 29/4–3/5 off, 4/5 (2), 5/5 (3).
 */
export function stripOf(
  cal: WorkCalendar,
  receiptDay: LocalDay,
  dueOn: LocalDay,
  numbering: Numbering,
  paused: ReadonlySet<LocalDay> = NONE,
): readonly StripDay[] {
  const strip: StripDay[] = []
  let n = 0
  for (let number = dayNumber(receiptDay); number <= dayNumber(dueOn); number += 1) {
    const date = dayOfNumber(number)
    const rule = dayRule(cal, date)
    const counts =
      n < numbering.last &&
      (rule.working || numbering.everyDay) &&
      (date !== receiptDay || numbering.fromReceiptDay) &&
      !paused.has(date)
    if (counts) n += 1
    const kind = paused.has(date) ? 'paused' : counts ? 'counted' : kindOf(rule, date === receiptDay)
    strip.push(stripDay(date, kind, rule, counts ? n : undefined))
  }
  return Object.freeze(strip)
}

const NONE: ReadonlySet<LocalDay> = new Set()

function kindOf(rule: DayRule, isReceiptDay: boolean): StripDay['kind'] {
  if (rule.working) return 'counted'
  if (rule.reception || isReceiptDay) return 'reception_only'
  return rule.kind ? 'off' : 'weekend'
}

function stripDay(date: LocalDay, kind: StripDay['kind'], rule: DayRule, n: number | undefined): StripDay {
  return Object.freeze({
    date,
    kind,
    ...(n !== undefined && { n }),
    ...(rule.name !== undefined && { name: rule.name }),
    ...(rule.document !== undefined && { document: rule.document }),
    ...(rule.provisional && { provisional: true as const }),
  })
}
