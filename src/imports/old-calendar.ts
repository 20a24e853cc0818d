import type { Catalogue } from '../catalogue/catalogue.ts'
import { makeCalendar, type WorkCalendar } from '../domain/calendar/calendar.ts'
import type { LocalDay } from '../domain/calendar/day.ts'
import type { RegisterRow } from './register-row.ts'

/** Monday to Friday, as everywhere since QĐ 188/1999/QĐ-TTg. */
const FULL_DAY = [
  [7 * 60 + 30, 11 * 60 + 30],
  [13 * 60, 17 * 60],
] as const

const made = new WeakMap<WorkCalendar, WorkCalendar>()

/**
 * The calendar under which a row is played: that of its receiving unit, or, for a dossier from before its first
 * year, one of projected years, all of whose days are provisional. What such a dossier was promised stands in the file.
 */
export function calendarOf(catalogue: Catalogue, row: RegisterRow): WorkCalendar {
  const calendar = catalogue.calendar(row.receivingUnit.id)
  return isBefore(calendar, row) ? oldCalendar(calendar) : calendar
}

/** Whether the dossier came before the first year of the calendar. */
function isBefore({ firstDay }: WorkCalendar, { submittedAt, acceptedAt, endedAt }: RegisterRow): boolean {
  const days = [submittedAt, acceptedAt, endedAt].flatMap((moment): LocalDay[] =>
    moment === null ? [] : [moment.day],
  )
  return days.some((day) => day < firstDay)
}

function oldCalendar(calendar: WorkCalendar): WorkCalendar {
  let old = made.get(calendar)
  if (old === undefined) {
    old = makeCalendar({
      version: `trước ${calendar.firstDay.slice(0, 4)}`,
      days: [],
      hours: [
        {
          from: '1990-01-01',
          week: { 1: FULL_DAY, 2: FULL_DAY, 3: FULL_DAY, 4: FULL_DAY, 5: FULL_DAY, 6: [], 7: [] },
        },
      ],
      decidedThrough: 0,
      projectThrough: Number(calendar.lastDay.slice(0, 4)),
    })
    made.set(calendar, old)
  }
  return old
}
