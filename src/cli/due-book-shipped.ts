import {
  CALENDAR_DAYS,
  CALENDAR_VERSION,
  DECIDED_THROUGH,
  PROJECT_THROUGH,
} from '../../db/seeds/calendar-days.ts'
import { OFFICE_HOURS } from '../../db/seeds/office-hours.ts'
import { procedures } from '../../db/seeds/tu-ky/procedures.ts'
import { makeCalendar } from '../domain/calendar/calendar.ts'
import { parseLimit } from '../domain/deadlines/time-limit.ts'
import { RuleError } from '../domain/refusals.ts'
import type { DueBook } from './due-book.ts'
import { readCutoff } from './due-question.ts'

/** The national calendar and the model procedures as shipped: no database needed. */
export function shippedDueBook(): DueBook {
  return {
    calendar: makeCalendar({
      version: CALENDAR_VERSION,
      days: CALENDAR_DAYS,
      hours: OFFICE_HOURS,
      decidedThrough: DECIDED_THROUGH,
      projectThrough: PROJECT_THROUGH,
    }),
    rule(code, day) {
      const procedure = procedures.find((each) => each.code === code)
      if (procedure === undefined) throw new RuleError('unknown_procedure', { procedure: code })
      const version = procedure.versions.find(
        ({ validFrom, validTo }) => validFrom <= day && (validTo === null || day <= validTo),
      )
      if (version === undefined) throw new RuleError('procedure_not_in_force', { procedure: code, day })
      return {
        limit: parseLimit(version.limit),
        cutoffMinute: readCutoff(version.cutoff),
        mode: version.mode,
      }
    },
  }
}
