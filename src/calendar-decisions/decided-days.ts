import type { Catalogue } from '../catalogue/catalogue.ts'
import { type CalendarRows, type DayRow, unitCalendars } from '../catalogue/unit-calendars.ts'
import { type CalendarDayKind, dayRule } from '../domain/calendar/calendar.ts'
import { isoWeekday, type LocalDay } from '../domain/calendar/day.ts'
import { RuleError } from '../domain/refusals.ts'
import { findUnit } from '../reports/scope.ts'
import { fullDay } from '../web/formats.ts'
import type { DayChange, DecisionInput } from './decision-input.ts'

/** A day that a decision puts into the calendar. */
export type NewDay = Pick<DayRow, 'date' | 'unitId' | 'kind' | 'name' | 'document'>

export interface DecidedDays {
  readonly added: readonly NewDay[]
  /** Rows in force that give way. */
  readonly removed: readonly DayRow[]
  readonly decidedThrough: number
}

interface Setting {
  readonly catalogue: Catalogue
  readonly rows: CalendarRows
}

/** Days that no notice of a whole year leaves out (Bộ luật Lao động 2019 art. 112). */
const FIXED_DAYS = ['01-01', '04-30', '05-01', '09-02'] as const

/**
 * What a decision makes of the days in force; refuses, in words, what cannot be meant. Days gone by may be decided
 * too (a storm on Friday, recorded on Monday): numbers change from the day of the recording on, closed days never.
 */
export function decidedDays(input: DecisionInput, setting: Setting): DecidedDays {
  const document = documentText(input)
  const wanted = input.days.flatMap((change) => wantedDays(change, setting.catalogue))
  const { version, days } = setting.rows
  if (wanted.length === 0) throw new RuleError('decision_incomplete', { what: 'ngày thay đổi' })
  const calendars = unitCalendars(setting.rows)
  refuseTwice(wanted)
  const removed: DayRow[] = []
  for (const day of wanted) {
    const row = days.find(({ date, unitId }) => date === day.date && unitId === day.unitId)
    const worked = dayRule(calendars(day.unitId), day.date).working
    refuseImpossible(day, row, worked)
    if (row !== undefined) removed.push(row)
  }
  const added = wanted.flatMap(({ put, date, unitId }) =>
    put === null ? [] : [{ date, unitId, ...put, document }],
  )
  const through = version?.decidedThrough ?? 0
  const year = input.decidesYear
  if (year === undefined) return { added, removed, decidedThrough: through }
  if (year !== through + 1) throw new RuleError('calendar_year_not_next', { year, next: through + 1 })
  refuseIncomplete(year, added)
  const assumed = days.filter(
    (row) => row.provisional && row.date.startsWith(`${year}-`) && !removed.includes(row),
  )
  return { added, removed: [...removed, ...assumed], decidedThrough: year }
}

/** The rows in force once a decision is recorded: what its calendars are made of. */
export function rowsAfter(rows: CalendarRows, decided: DecidedDays, label: string): CalendarRows {
  const kept = rows.days.filter((row) => !decided.removed.includes(row))
  const added = decided.added.map((day, index) => ({
    ...day,
    id: -1 - index,
    provisional: false,
    addedIn: 0,
    removedIn: null,
  }))
  return { ...rows, days: [...kept, ...added], version: { label, decidedThrough: decided.decidedThrough } }
}

/** The document with its day, as days and pages name it: 'Công văn 12729/VPCP-KGVX ngày 25/12/2025'. */
export function documentText({
  document,
  documentOn,
}: Pick<DecisionInput, 'document' | 'documentOn'>): string {
  return `${document.trim()} ngày ${fullDay(documentOn)}`
}

interface Wanted {
  readonly date: LocalDay
  readonly unitId: number | null
  /** Null: an ordinary day again. */
  readonly put: { readonly kind: CalendarDayKind; readonly name: string } | null
}

function wantedDays(given: DayChange, catalogue: Catalogue): readonly Wanted[] {
  const { change, date, name } = given
  const unitId = given.unit === undefined ? null : findUnit(catalogue, given.unit, date).id
  const national = { date, unitId: null }
  switch (change) {
    case 'off':
      return [
        {
          ...national,
          put: { kind: given.kind ?? 'holiday', name: needed(name, `tên ngày nghỉ ${fullDay(date)}`) },
        },
      ]
    case 'make_up':
      return [{ ...national, put: { kind: 'make_up', name: name ?? 'Làm bù' } }]
    case 'swap': {
      const makeUpOn = needed(given.makeUpOn, `ngày làm bù cho ${fullDay(date)}`)
      const off = { kind: 'swap_off', name: name ?? `Nghỉ hoán đổi (làm bù ${fullDay(makeUpOn)})` } as const
      const worked = { kind: 'make_up', name: `Làm bù ngày ${fullDay(date)}` } as const
      return [
        { ...national, put: off },
        { date: makeUpOn, unitId: null, put: worked },
      ]
    }
    case 'closure':
      return [
        {
          date,
          unitId: needed(unitId, `đơn vị đóng cửa ${fullDay(date)}`),
          put: { kind: 'closure', name: needed(name, `lý do đóng cửa ${fullDay(date)}`) },
        },
      ]
    case 'ordinary':
      return [{ date, unitId, put: null }]
  }
}

function needed<T>(value: T | null | undefined, what: string): T {
  if (value === null || value === undefined || value === '')
    throw new RuleError('decision_incomplete', { what })
  return value
}

function refuseTwice(wanted: readonly Wanted[]): void {
  const named = new Set<string>()
  for (const { date, unitId } of wanted) {
    const key = `${date}|${unitId}`
    if (named.has(key)) throw new RuleError('calendar_day_twice', { day: fullDay(date) })
    named.add(key)
  }
}

function refuseImpossible({ date, put }: Wanted, row: DayRow | undefined, worked: boolean): void {
  const day = fullDay(date)
  if (put === null) {
    if (row === undefined) throw new RuleError('calendar_day_ordinary', { day })
    return
  }
  if (row !== undefined && !row.provisional) {
    throw new RuleError('calendar_day_taken', {
      day,
      name: row.name,
      document: row.document ?? 'lịch ban đầu',
    })
  }
  if (put.kind === 'make_up' && worked) throw new RuleError('make_up_on_working_day', { day })
  // A holiday may fall on a weekend: the shop does not receive on it then.
  const restsAnyway = !worked && row === undefined && (put.kind === 'closure' || isoWeekday(date) >= 6)
  if (restsAnyway && put.kind !== 'holiday' && put.kind !== 'make_up') {
    throw new RuleError('calendar_day_already_off', { day })
  }
}

function refuseIncomplete(year: number, added: readonly NewDay[]): void {
  const off = new Set(
    added.filter(({ kind, unitId }) => kind !== 'make_up' && unitId === null).map(({ date }) => date),
  )
  const missing = FIXED_DAYS.map((day) => `${year}-${day}`).filter((day) => !off.has(day))
  if (missing.length === 0) return
  throw new RuleError('calendar_year_incomplete', { year, days: missing.map(fullDay).join(', ') })
}
