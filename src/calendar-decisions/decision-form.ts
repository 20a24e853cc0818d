import type { Catalogue } from '../catalogue/catalogue.ts'
import { unitChoices } from '../catalogue/unit-choices.ts'
import { dayRule, type WorkCalendar } from '../domain/calendar/calendar.ts'
import { addDays, type LocalDay } from '../domain/calendar/day.ts'
import { choiceField, type FormState, inputField, type Option, type Typed, tickField } from '../web/forms.ts'
import { each, type Html, html } from '../web/html.ts'
import { checkedDecision } from './checked-decision.ts'
import type { DecisionInput } from './decision-input.ts'

/** What may happen to a day, as the form asks: the kind of a day off is part of the choice. */
const CHANGES: readonly Option[] = [
  { value: 'swap', label: 'Hoán đổi: nghỉ và làm bù' },
  { value: 'off.holiday', label: 'Nghỉ lễ, Tết' },
  { value: 'off.compensatory', label: 'Nghỉ bù' },
  { value: 'off.swap_off', label: 'Nghỉ theo quyết định khác' },
  { value: 'make_up', label: 'Làm bù' },
  { value: 'closure', label: 'Một đơn vị đóng cửa' },
  { value: 'ordinary', label: 'Bỏ ngày nghỉ, làm bù đã có' },
]

const FIRST_ROWS = 3
const MOST_ROWS = 60

export interface FormSetting {
  readonly catalogue: Catalogue
  readonly today: LocalDay
  /** The next year to be decided. */
  readonly nextYear: number
}

/** The fields of a decision: what it is called, on what it rests, and a row for each day. */
export function decisionFields(state: FormState, { catalogue, today, nextYear }: FormSetting): Html {
  const units = unitChoices(catalogue, today).map(({ key, name }) => ({ value: key, label: name }))
  const rows = Array.from({ length: rowsOf(state.typed) }, (_, index) => index)
  return html`<input type="hidden" name="rows" value="${rows.length}"><input type="hidden" name="year" value="${nextYear}">
${inputField(state, { name: 'title', label: 'Nội dung', required: true, maxLength: 200, hint: 'Một dòng, ví dụ: Hoán đổi ngày làm việc dịp Tết Dương lịch 2026.' })}
<div class="form-row">${inputField(state, { name: 'document', label: 'Văn bản (loại và số)', required: true, maxLength: 120, hint: 'Ví dụ: Công văn 12729/VPCP-KGVX.' })}${inputField(state, { name: 'documentOn', label: 'Ngày văn bản', type: 'date', required: true })}</div>
<fieldset class="day-rows"><legend>Ngày thay đổi</legend>
${each(rows, (row) => dayRow(state, row, units))}
<p><button class="button" type="submit" name="do" value="more" formnovalidate>Thêm dòng</button></p></fieldset>
${tickField(state, { name: 'decidesYear', label: `Đây là thông báo nghỉ lễ, Tết của cả năm ${nextYear}`, hint: `Nêu mọi ngày nghỉ của năm; sau đó các ngày năm ${nextYear} không còn là dự kiến.` })}`
}

function dayRow(state: FormState, row: number, units: readonly Option[]): Html {
  return html`<div class="day-row">${choiceField(state, { name: `change${row}`, label: 'Việc', options: CHANGES, blank: '–' })}${inputField(state, { name: `date${row}`, label: 'Ngày', type: 'date' })}${inputField(state, { name: `makeUpOn${row}`, label: 'Làm bù ngày', type: 'date' })}${inputField(state, { name: `name${row}`, label: 'Tên ngày, lý do', maxLength: 120 })}${choiceField(state, { name: `unit${row}`, label: 'Đơn vị', options: units, blank: 'Cả nước' })}</div>`
}

function rowsOf({ rows }: Typed): number {
  const asked = Number(rows)
  return Number.isInteger(asked) && asked > 0 ? Math.min(asked, MOST_ROWS) : FIRST_ROWS
}

/** The form with three rows more. */
export function withMoreRows(typed: Typed): Typed {
  return { ...typed, rows: String(Math.min(rowsOf(typed) + FIRST_ROWS, MOST_ROWS)) }
}

/** Everything typed, out of sight: the next step sends it again. */
export function hiddenFields(typed: Typed): Html {
  const kept = Object.entries(typed).filter(([name, value]) => !STEPS.has(name) && value !== '')
  return html`${each(kept, ([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}`
}

/** Fields that each step brings itself. */
const STEPS: ReadonlySet<string> = new Set(['once', 'do', 'page', 'previewed'])

/** The decision a form says; empty rows say nothing. */
export function decisionTyped(typed: Typed, nextYear: number): DecisionInput {
  const rows = Array.from({ length: rowsOf(typed) }, (_, index) => index)
  const days = rows.flatMap((row) => {
    const of = (name: string) => typed[`${name}${row}`] || undefined
    const [change, kind] = (of('change') ?? '').split('.')
    const said = { date: of('date'), makeUpOn: of('makeUpOn'), name: of('name'), unit: of('unit') }
    if (!change && said.date === undefined) return []
    return [withoutUndefined({ change: change || undefined, kind, ...said })]
  })
  const { title, document, documentOn } = typed
  const given = { title, document, documentOn: documentOn || undefined, days }
  return checkedDecision(
    withoutUndefined({ ...given, ...(typed['decidesYear'] === '1' && { decidesYear: nextYear }) }),
  )
}

function withoutUndefined(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
}

/** The form filled with the days that a year is expected to have, for the notice that decides it. */
export function typedForYear(calendar: WorkCalendar, year: number): Typed {
  const typed: Record<string, string> = { title: `Lịch nghỉ lễ, Tết năm ${year}`, decidesYear: '1' }
  let row = 0
  for (let date = `${year}-01-01`; date <= `${year}-12-31`; date = addDays(date, 1)) {
    const { kind, name = '', provisional } = dayRule(calendar, date)
    if (kind === undefined || !provisional) continue
    typed[`change${row}`] = `off.${kind}`
    typed[`date${row}`] = date
    typed[`name${row}`] = name
    row += 1
  }
  return { ...typed, rows: String(Math.max(row + 1, FIRST_ROWS)) }
}
