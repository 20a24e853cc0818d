import { addWorkingMinutes, type WorkCalendar, workingMinutesBetween } from '../calendar/calendar.ts'
import { type Instant, instantAt, type LocalDay, localDayOf } from '../calendar/day.ts'
import { type Due, dueOf, remembered } from './due.ts'
import { type Pause, pausedDays, pausedMinutes } from './pauses.ts'
import { type StripDay, stripOf } from './strip.ts'

/**
 * The due date of a limit reckoned by the minute of office time, from `from` on the receipt day.
 * In its strip `n` numbers the working days on which some of its minutes run, the receipt day included.
 * Throws RuleError('calendar_year_missing').
 * Example: 1440 minutes from Monday 2023-03-06 09:00 → Thursday 09/03 09:00, days 1 to 4.
 */
export function dueByMinute(cal: WorkCalendar, minutes: number, receiptDay: LocalDay, from: Instant): Due {
  const dueAt = addWorkingMinutes(cal, from, minutes)
  const dueOn = localDayOf(dueAt)
  const fromReceiptDay = workingMinutesBetween(cal, from, endOf(receiptDay)) > 0
  const like = remembered(cal, `${receiptDay} ${dueOn} ${fromReceiptDay}`, () => {
    const strip = stripOf(cal, receiptDay, dueOn, numbering(fromReceiptDay))
    return dueOf(cal, { dueAt, dueOn, receiptDay, strip })
  })
  return like.dueAt === dueAt ? like : dueOf(cal, { dueAt, dueOn, receiptDay, strip: like.strip })
}

/**
 * `base` moved by the minutes of office time paused; days paused from opening to close show as paused.
 * Throws RuleError('calendar_year_missing').
 * Example: due Monday 2023-03-06 10:30, paused Friday 03/03 16:00–17:00 → Monday 11:30.
 */
export function resumedByMinute(cal: WorkCalendar, base: Due, pauses: readonly Pause[]): Due {
  const minutes = pausedMinutes(cal, pauses)
  if (minutes === 0) return base
  const dueAt = addWorkingMinutes(cal, base.dueAt, minutes)
  const dueOn = localDayOf(dueAt)
  const wholeDays = [...pausedDays(cal, pauses)].filter((day) => minutesRunningOn(cal, day, pauses) === 0)
  const fromReceiptDay = base.strip[0]?.n === 1
  const strip = stripOf(cal, base.receiptDay, dueOn, numbering(fromReceiptDay), new Set(wholeDays))
  return dueOf(cal, { dueAt, dueOn, receiptDay: base.receiptDay, strip })
}

function numbering(fromReceiptDay: boolean): Parameters<typeof stripOf>[3] {
  return { everyDay: false, last: Number.POSITIVE_INFINITY, fromReceiptDay }
}

function minutesRunningOn(cal: WorkCalendar, day: StripDay['date'], pauses: readonly Pause[]): number {
  const [start, end] = [instantAt(day, 0), endOf(day)]
  const within = pauses.map(({ from, to }) => ({ from: Math.max(from, start), to: Math.min(to, end) }))
  return workingMinutesBetween(cal, start, end) - pausedMinutes(cal, within)
}

function endOf(day: LocalDay): Instant {
  return instantAt(day, 1439)
}
