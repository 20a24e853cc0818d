import { countWorkingDays, type DayRule, dayRule, type WorkCalendar } from '../domain/calendar/calendar.ts'
import { addDays, isoWeekday, type LocalDay } from '../domain/calendar/day.ts'
import { fullDay, longDay, shortDay, shortWeekday } from '../web/formats.ts'
import { each, type Html, html, when } from '../web/html.ts'

interface CalendarDayView {
  readonly date: LocalDay
  readonly rule: DayRule
}

/** A year at a glance: twelve months, every day that differs from the ordinary week marked, and named below. */
export function yearView(calendar: WorkCalendar, year: number, today: LocalDay): Html {
  const days: CalendarDayView[] = []
  for (let date = `${year}-01-01`; date <= `${year}-12-31`; date = addDays(date, 1)) {
    days.push({ date, rule: dayRule(calendar, date) })
  }
  const months = Map.groupBy(days, ({ date }) => date.slice(5, 7))
  const named = days.filter(({ rule }) => rule.kind !== undefined)
  return html`<div class="year">${each(months, ([month, own]) => monthView(month, own, today))}</div>
<ul class="year-key"><li><span class="sample off"></span>nghỉ</li><li><span class="sample makeup"></span>làm bù</li><li><span class="sample closure"></span>đóng cửa riêng</li><li><span class="sample provisional"></span>dự kiến</li></ul>
<section><h2>${countWorkingDays(calendar, `${year}-01-01`, `${year}-12-31`)} ngày làm việc, ${named.length} ngày có tên</h2>
<div class="scroll" role="region" aria-label="Ngày nghỉ và làm bù" tabindex="0"><table class="data named-days"><thead><tr><th scope="col">Ngày</th><th scope="col">Là</th><th scope="col">Tên</th><th scope="col">Căn cứ</th></tr></thead>
<tbody>${each(named, ({ date, rule }) => html`<tr><td class="nowrap"><time datetime="${date}">${shortWeekday(date)} ${fullDay(date)}</time></td><td class="nowrap">${KIND_LABELS[rule.kind ?? 'holiday']}${when(rule.provisional, () => html` <span class="muted">dự kiến</span>`)}</td><td>${rule.name}</td><td>${rule.document ?? '–'}</td></tr>`)}</tbody></table></div></section>`
}

export const KIND_LABELS = {
  holiday: 'nghỉ lễ, tết',
  compensatory: 'nghỉ bù',
  swap_off: 'nghỉ hoán đổi',
  make_up: 'làm bù',
  closure: 'đóng cửa',
} as const satisfies Record<NonNullable<DayRule['kind']>, string>

function monthView(month: string, days: readonly CalendarDayView[], today: LocalDay): Html {
  const first = days[0] as CalendarDayView
  const before = isoWeekday(first.date) - 1
  return html`<figure class="month"><figcaption>Tháng ${Number(month)}</figcaption>
<ol><li class="pad span-${before}" aria-hidden="true"></li>${each(days, (day) => dayCell(day, today))}</ol></figure>`
}

function dayCell({ date, rule }: CalendarDayView, today: LocalDay): Html {
  const looks = [
    LOOKS[rule.kind ?? 'ordinary'],
    rule.working ? '' : 'rest',
    rule.provisional ? 'provisional' : '',
  ]
  const isToday = date === today ? ' is-today' : ''
  return html`<li class="${looks.filter(Boolean).join(' ')}${isToday}"${when(rule.name, (name) => html` title="${longDay(date)}: ${name}"`)}>${Number(date.slice(8))}${when(rule.name, (name) => html`<span class="sr"> ${name}</span>`)}</li>`
}

const LOOKS = {
  ordinary: '',
  holiday: 'off',
  compensatory: 'off',
  swap_off: 'off',
  make_up: 'makeup',
  closure: 'closure',
} as const satisfies Record<NonNullable<DayRule['kind']> | 'ordinary', string>

/** Days of a decision in one line each: 'T6 02/01/2026: nghỉ hoán đổi, Nghỉ hoán đổi (làm bù 10/01/2026)'. */
export function dayLine(date: LocalDay, kind: keyof typeof KIND_LABELS, name: string): string {
  return `${shortWeekday(date)} ${shortDay(date)}/${date.slice(0, 4)}: ${KIND_LABELS[kind]}, ${name}`
}
