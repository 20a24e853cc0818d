import { drizzle } from 'drizzle-orm/better-sqlite3'
import type { Db } from '../../db/open.ts'
import * as table from '../../db/schema/catalogue.ts'
import {
  type CalendarDay,
  makeCalendar,
  type OfficeHours,
  type WorkCalendar,
} from '../domain/calendar/calendar.ts'

type Row<T extends { $inferSelect: unknown }> = T['$inferSelect']

/** Years after the last decided one that are projected, so that long limits can be computed. */
const PROJECTED_YEARS = 3

/** The working calendar of a unit with its own closures and hours, or the national one; each made once. */
export function unitCalendars(db: Db): (unitId: number | null) => WorkCalendar {
  const orm = drizzle(db)
  const versions = orm.select().from(table.calendarVersions).all()
  const newest = versions.at(-1)
  const days = orm
    .select()
    .from(table.calendarDays)
    .all()
    .filter((day) => day.removedIn === null)
  const hours = orm.select().from(table.officeHours).all()
  const made = new Map<number | null, WorkCalendar>()
  return (unitId) => {
    const hasOwn = days.some((d) => d.unitId === unitId) || hours.some((h) => h.unitId === unitId)
    const scope = hasOwn ? unitId : null
    let calendar = made.get(scope)
    if (calendar === undefined) {
      const ownHours = hours.filter((h) => h.unitId === scope)
      calendar = makeCalendar({
        version: newest?.label ?? '0',
        days: days.filter((d) => d.unitId === null).map(calendarDay),
        unitDays: scope === null ? [] : days.filter((d) => d.unitId === scope).map(calendarDay),
        hours: (ownHours.length > 0 ? ownHours : hours.filter((h) => h.unitId === null)).map(officeHoursOf),
        decidedThrough: newest?.decidedThrough ?? 0,
        projectThrough: (newest?.decidedThrough ?? 0) + PROJECTED_YEARS,
      })
      made.set(scope, calendar)
    }
    return calendar
  }
}

function calendarDay(row: Row<typeof table.calendarDays>): CalendarDay {
  return {
    date: row.date,
    kind: row.kind,
    name: row.name,
    ...(row.document !== null && { document: row.document }),
    ...(row.provisional && { provisional: true }),
  }
}

function officeHoursOf(row: Row<typeof table.officeHours>): OfficeHours {
  return {
    from: row.validFrom,
    week: row.week as OfficeHours['week'],
    ...(row.reception !== null && { reception: row.reception }),
  }
}
