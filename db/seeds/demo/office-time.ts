import { addDays, instantAt, localDayOf, minuteOfDay } from '../../../src/domain/calendar/day.ts'
import type { Random } from './prng.ts'
import type { StoryCalendar } from './story.ts'

const MINUTE_MS = 60_000

/** The first moment at or after `at` at which the office is open. */
export function openMoment(calendar: StoryCalendar, at: number): number {
  const day = localDayOf(at)
  const minute = minuteOfDay(at)
  const shift = calendar.isWorkingDay(day) ? calendar.shifts.find(([, to]) => minute < to) : undefined
  if (shift === undefined) return openingOf(calendar, addDays(day, 1))
  return minute >= shift[0] ? at : instantAt(day, shift[0])
}

/** `minutes` of office time after `at`. */
export function addOfficeMinutes(calendar: StoryCalendar, at: number, minutes: number): number {
  let moment = openMoment(calendar, at)
  let rest = Math.round(minutes)
  for (;;) {
    const minute = minuteOfDay(moment)
    const left = calendar.shifts.find(([from, to]) => minute >= from && minute < to)![1] - minute
    if (rest < left) return moment + rest * MINUTE_MS
    rest -= left
    moment = openMoment(calendar, moment + left * MINUTE_MS)
  }
}

/** A moment within office hours of `day`, more likely in the morning; not before `notBefore` where it can be. */
export function momentOn(calendar: StoryCalendar, day: string, random: Random, notBefore = 0): number {
  const total = calendar.shifts.reduce((sum, [from, to]) => sum + to - from, 0)
  // The mean of two draws leans to the middle of the day, the smaller of it and a third one to the morning.
  const share = Math.min((random.next() + random.next()) * 0.5, 0.15 + random.next() * 0.84)
  const drawn = atOfficeMinute(calendar, day, Math.floor(share * total)) + random.between(0, 59) * 1000
  if (drawn >= notBefore) return drawn
  const closing = instantAt(day, calendar.shifts.at(-1)![1])
  if (notBefore >= closing) return notBefore + random.between(2, 40) * MINUTE_MS
  return notBefore + Math.floor(random.next() * Math.min(closing - notBefore, 3_600_000))
}

function atOfficeMinute(calendar: StoryCalendar, day: string, officeMinute: number): number {
  let rest = officeMinute
  for (const [from, to] of calendar.shifts) {
    if (rest < to - from) return instantAt(day, from + rest)
    rest -= to - from
  }
  return instantAt(day, calendar.shifts.at(-1)![1])
}

function openingOf(calendar: StoryCalendar, from: string): number {
  const day = calendar.isWorkingDay(from) ? from : calendar.addWorkingDays(from, 1)
  return instantAt(day, calendar.shifts[0]![0])
}
