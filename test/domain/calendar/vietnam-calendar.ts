import {
  CALENDAR_DAYS,
  CALENDAR_VERSION,
  DECIDED_THROUGH,
  PROJECT_THROUGH,
} from '../../../db/seeds/calendar-days.ts'
import { OFFICE_HOURS } from '../../../db/seeds/office-hours.ts'
import { type CalendarInput, makeCalendar } from '../../../src/domain/calendar/calendar.ts'

export const VIETNAM_INPUT: CalendarInput = {
  version: CALENDAR_VERSION,
  days: CALENDAR_DAYS,
  hours: OFFICE_HOURS,
  decidedThrough: DECIDED_THROUGH,
  projectThrough: PROJECT_THROUGH,
}

/** The national calendar as shipped. */
export const VIETNAM = makeCalendar(VIETNAM_INPUT)

/** The same with a shop that receives on Saturday mornings. */
export const STAFFED_SATURDAY = makeCalendar({
  ...VIETNAM_INPUT,
  hours: OFFICE_HOURS.map((row) => ({ ...row, reception: { 6: [[450, 690]] } })),
})
