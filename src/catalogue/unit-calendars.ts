import { isNull } from 'drizzle-orm'
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

export type DayRow = Row<typeof table.calendarDays>
export type VersionRow = Row<typeof table.calendarVersions>

/** What calendars are made of, as it stands. */
export interface CalendarRows {
  /** Null before the first one. */
  readonly version: Pick<VersionRow, 'label' | 'decidedThrough'> | null
  /** Days in force, national ones and those of single units. */
  readonly days: readonly DayRow[]
  readonly hours: readonly Row<typeof table.officeHours>[]
}

/** The days, hours and version in force in this file. */
export function calendarRows(db: Db): CalendarRows {
  const orm = drizzle(db)
  return {
    version:
      orm.select().from(table.calendarVersions).orderBy(table.calendarVersions.id).all().at(-1) ?? null,
    days: orm.select().from(table.calendarDays).where(isNull(table.calendarDays.removedIn)).all(),
    hours: orm.select().from(table.officeHours).all(),
  }
}

/** The working calendar of a unit with its own closures and hours, or the national one; each made once. */
export function unitCalendars({
  version,
  days,
  hours,
}: CalendarRows): (unitId: number | null) => WorkCalendar {
  const made = new Map<number | null, WorkCalendar>()
  return (unitId) => {
    const hasOwn = days.some((d) => d.unitId === unitId) || hours.some((h) => h.unitId === unitId)
    const scope = hasOwn ? unitId : null
    let calendar = made.get(scope)
    if (calendar === undefined) {
      calendar = makeCalendar({
        version: version?.label ?? '0',
        days: days.filter((d) => d.unitId === null).map(calendarDay),
        unitDays: scope === null ? [] : days.filter((d) => d.unitId === scope).map(calendarDay),
        hours: hoursOf(hours, scope).map(officeHoursOf),
        decidedThrough: version?.decidedThrough ?? 0,
        projectThrough: (version?.decidedThrough ?? 0) + PROJECTED_YEARS,
      })
      made.set(scope, calendar)
    }
    return calendar
  }
}

/** The hours of every unit until the day from which a unit has its own. */
function hoursOf(hours: CalendarRows['hours'], unitId: number | null): CalendarRows['hours'] {
  const general = hours.filter((row) => row.unitId === null)
  const own = unitId === null ? [] : hours.filter((row) => row.unitId === unitId)
  const first = own.map(({ validFrom }) => validFrom).sort()[0]
  return first === undefined ? general : [...general.filter(({ validFrom }) => validFrom < first), ...own]
}

function calendarDay(row: DayRow): CalendarDay {
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
