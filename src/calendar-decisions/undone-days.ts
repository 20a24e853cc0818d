import type { Db } from '../../db/open.ts'
import {
  type DecidedDayRow,
  type DecisionRow,
  daysOfVersion,
  versionBefore,
} from '../../db/queries/calendar-decisions.ts'
import { type CalendarRows, calendarRows, type DayRow } from '../catalogue/unit-calendars.ts'
import { RuleError } from '../domain/refusals.ts'
import { fullDay } from '../web/formats.ts'

export interface UndoneDays {
  /** Days of the decision that go. */
  readonly removed: readonly DayRow[]
  /** Days it had taken away that come back. */
  readonly back: readonly DecidedDayRow[]
  readonly decidedThrough: number
  /** What is in force afterwards. */
  readonly rows: CalendarRows
}

/** The calendar without a decision; refuses when a later one has changed one of its days again. */
export function undoneDays(db: Db, decision: DecisionRow, label: string): UndoneDays {
  const { calendarVersionId } = decision
  const days = daysOfVersion(db, calendarVersionId)
  const back = days.filter(({ removedIn }) => removedIn === calendarVersionId)
  const rows = calendarRows(db)
  const removed = days.filter(({ addedIn }) => addedIn === calendarVersionId).map((day) => inForce(day, rows))
  const kept = rows.days.filter((row) => !removed.includes(row))
  for (const day of back) {
    if (kept.some(({ date, unitId }) => date === day.date && unitId === day.unitId)) throw changedSince(day)
  }
  const through = rows.version?.decidedThrough ?? 0
  const earlier = versionBefore(db, calendarVersionId)?.decidedThrough ?? through
  const raised = versionThrough(db, calendarVersionId) !== earlier
  const decidedThrough = raised ? Math.min(earlier, through) : through
  return {
    removed,
    back,
    decidedThrough,
    rows: { ...rows, days: [...kept, ...back.map(asRow)], version: { label, decidedThrough } },
  }
}

function versionThrough(db: Db, id: number): number | null {
  return versionBefore(db, id + 1)?.decidedThrough ?? null
}

/** The decision's day as it stands: its own row, or the one that undoing a later decision brought back. */
function inForce(day: DecidedDayRow, { days }: CalendarRows): DayRow {
  const found = days.find((row) => SAME.every((fact) => row[fact] === day[fact]))
  if (found === undefined) throw changedSince(day)
  return found
}

const SAME = ['date', 'unitId', 'kind', 'name', 'document'] as const

function changedSince({ date }: DecidedDayRow): RuleError {
  return new RuleError('calendar_changed_since', { day: fullDay(date) })
}

function asRow(day: DecidedDayRow): DayRow {
  return { ...day, provisional: day.provisional === 1, removedIn: null }
}
