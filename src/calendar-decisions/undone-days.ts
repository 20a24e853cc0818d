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
  readonly removed: readonly DecidedDayRow[]
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
  const removed = days.filter(({ addedIn }) => addedIn === calendarVersionId)
  const back = days.filter(({ removedIn }) => removedIn === calendarVersionId)
  const rows = calendarRows(db)
  const kept = rows.days.filter(({ addedIn }) => addedIn !== calendarVersionId)
  for (const day of removed) if (day.removedIn !== null) throw changedSince(day)
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

function changedSince({ date }: DecidedDayRow): RuleError {
  return new RuleError('calendar_changed_since', { day: fullDay(date) })
}

function asRow(day: DecidedDayRow): DayRow {
  return { ...day, provisional: day.provisional === 1, removedIn: null }
}
