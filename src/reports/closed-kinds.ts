import type { WorkCalendar } from '../domain/calendar/calendar.ts'
import { addDays, type Instant, type LocalDay, localDayOf } from '../domain/calendar/day.ts'
import { closesAt, nextPeriod, type Period, type PeriodKind, periodOf } from '../domain/calendar/periods.ts'

interface ClosedKind {
  readonly kind: Exclude<PeriodKind, 'range'>
  /** First day of the statutory month; without it, calendar months. */
  readonly cutoffDay?: number
}

/** Reports on reform run from the 15th of a month to the 14th of the next: NĐ 09/2019 art 12. */
const STATUTORY_CUTOFF = 15

/** Every kind of period that is closed by itself: weeks, and months and longer in both schemes. */
export const CLOSED_KINDS: readonly ClosedKind[] = [
  { kind: 'week' },
  { kind: 'month' },
  { kind: 'month', cutoffDay: STATUTORY_CUTOFF },
  { kind: 'quarter' },
  { kind: 'quarter', cutoffDay: STATUTORY_CUTOFF },
  { kind: 'half_year' },
  { kind: 'half_year', cutoffDay: STATUTORY_CUTOFF },
  { kind: 'year' },
  { kind: 'year', cutoffDay: STATUTORY_CUTOFF },
]

export interface ClosingSpan {
  /** The national working calendar: it says when a month is closed. */
  readonly calendar: WorkCalendar
  /** First day on which anything was counted. */
  readonly firstDay: LocalDay
  /** Minute of the day; left out: 06:00. */
  readonly atMinute?: number
}

/**
 * Every period since `firstDay` whose hour of closing has come at `now`, those that were to be closed first before
 * the others. Nothing before the calendar begins is closed: its figures are not verified.
 * Example: with a first day of 2023-03-06, Monday 2023-03-13 06:00 gives '2023-W10' alone.
 */
export function periodsToClose(
  now: Instant,
  { calendar, firstDay, atMinute }: ClosingSpan,
): readonly Period[] {
  const from = firstDay < calendar.firstDay ? calendar.firstDay : firstDay
  const due = CLOSED_KINDS.flatMap(({ kind, cutoffDay }, rank) => {
    const list: { readonly period: Period; readonly at: Instant; readonly rank: number }[] = []
    for (let period = periodOf(kind, from, cutoffDay); ; period = nextPeriod(period)) {
      const at =
        period.to < calendar.lastDay ? closesAt(calendar, period, atMinute) : Number.POSITIVE_INFINITY
      if (at > now) return list
      list.push({ period, at, rank })
    }
  })
  return due.sort((a, b) => a.at - b.at || a.rank - b.rank).map(({ period }) => period)
}

/** Further back no period ends whose hour has not come: holidays never fill two weeks. */
const LOOK_BACK_DAYS = 15

/** The next hour at which anything is closed; null where the calendar ends. */
export function nextToClose(now: Instant, { calendar, atMinute }: ClosingSpan): Instant | null {
  const from = addDays(localDayOf(now), -LOOK_BACK_DAYS)
  const hours = CLOSED_KINDS.flatMap(({ kind, cutoffDay }) => {
    for (
      let period = periodOf(kind, from, cutoffDay);
      period.to < calendar.lastDay;
      period = nextPeriod(period)
    ) {
      const at = closesAt(calendar, period, atMinute)
      if (at > now) return [at]
    }
    return []
  })
  return hours.length === 0 ? null : Math.min(...hours)
}
