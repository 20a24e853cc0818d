import { type Catalogue, versionOn } from '../../../src/catalogue/catalogue.ts'
import { procedureRule } from '../../../src/catalogue/procedure-rule.ts'
import { addWorkingDays, isWorkingDay } from '../../../src/domain/calendar/calendar.ts'
import { localDayOf } from '../../../src/domain/calendar/day.ts'
import { dueDate } from '../../../src/domain/deadlines/deadline.ts'
import { OFFICE_HOURS } from '../office-hours.ts'
import type { StorySetting } from './stories.ts'

/** The stories' view of the installation: its calendar, and the due dates its procedures promise. */
export function storySetting(catalogue: Catalogue): Pick<StorySetting, 'calendar' | 'dueOf'> {
  const calendar = catalogue.calendar(null)
  return {
    calendar: {
      isWorkingDay: (day) => isWorkingDay(calendar, day),
      addWorkingDays: (day, n) => addWorkingDays(calendar, day, n),
      shifts: OFFICE_HOURS[0]!.week[1],
    },
    dueOf(code, acceptedAt) {
      const versions = catalogue.procedureByCode.get(code)!.versions
      return dueDate(
        calendar,
        procedureRule(versionOn(versions, localDayOf(acceptedAt))!).deadline,
        acceptedAt,
      )
    },
  }
}
