import type { LocalDay } from '../domain/calendar/day.ts'
import type { StripDay } from '../domain/deadlines/deadline.ts'
import { fullDay, longDay, shortDay, shortWeekday } from '../web/formats.ts'
import { each, type Html, html, when } from '../web/html.ts'
import { icon } from '../web/icons.ts'

export interface StripContext {
  readonly heading: string
  readonly strip: readonly StripDay[]
  readonly dueOn: LocalDay
  readonly today: LocalDay
  /** The limit counts days off too (calendar days, months): a named day that counts is a holiday, not a make-up day. */
  readonly everyDay?: boolean
  /** The clock stands since this day: what lies from it to today counts for nothing yet. */
  readonly standingSince?: LocalDay | undefined
}

type Look = 'counted' | 'makeup' | 'off' | 'weekend' | 'paused' | 'reception_only' | 'receipt' | 'after'

/** A due date explained: a cell a day, from receipt to the due day, seven to a row so that weekends stand in columns. */
export function stripView(context: StripContext): Html {
  const { strip, heading } = context
  const cells = strip.map((day, index) => ({ day, look: lookOf(day, index, context) }))
  return html`<figure class="strip">
<figcaption>${heading}</figcaption>
<ol>${each(cells, ({ day, look }) => cell(day, look, context))}</ol>
${when(notes(strip), (list) => html`<ul class="strip-notes">${each(list, (note) => html`<li>${note}</li>`)}</ul>`)}
</figure>`
}

function lookOf(day: StripDay, index: number, { standingSince, today, everyDay }: StripContext): Look {
  const standing = standingSince !== undefined && day.date >= standingSince && day.date <= today
  if (standing && day.kind === 'counted') return 'paused'
  if (day.kind !== 'counted') return index === 0 && day.kind === 'reception_only' ? 'receipt' : day.kind
  if (index === 0 && day.n === undefined) return 'receipt'
  if (day.n === undefined) return 'after'
  return day.name === undefined || everyDay ? 'counted' : 'makeup'
}

const WORDS = {
  counted: 'tính',
  makeup: 'làm bù',
  off: 'nghỉ',
  weekend: '',
  paused: 'dừng',
  reception_only: 'chỉ nhận',
  receipt: 'nhận',
  after: '',
} as const satisfies Record<Look, string>

function cell(day: StripDay, look: Look, { dueOn, today }: StripContext): Html {
  const isDue = day.date === dueOn
  const isToday = day.date === today
  const counts = look === 'counted' || look === 'makeup'
  const word = isDue ? html`hạn<span class="day-more"> trả</span>` : look === 'counted' ? '' : WORDS[look]
  const sign = look === 'paused' ? icon('paused') : html`${counts ? day.n : ''}`
  return html`<li class="day ${look}${isDue ? ' is-due' : ''}${isToday ? ' is-today' : ''}" title="${spoken(day, look, isDue)}"><span class="day-date"><span>${shortWeekday(day.date)}</span> ${shortDay(day.date)}</span><span class="day-sign" aria-hidden="true">${sign}</span><span class="day-word" aria-hidden="true">${word === '' && isToday ? html`<span class="day-more">hôm </span>nay` : word}</span><span class="sr">${spoken(day, look, isDue)}</span></li>`
}

function spoken(day: StripDay, look: Look, isDue: boolean): string {
  const what = {
    counted: `ngày tính thứ ${day.n ?? ''}`,
    makeup: `${day.name ?? 'làm bù'}, ngày tính thứ ${day.n ?? ''}`,
    off: day.name ?? 'ngày nghỉ',
    weekend: 'ngày nghỉ hằng tuần',
    paused: 'tạm dừng, không tính',
    reception_only: 'chỉ tiếp nhận, không tính',
    receipt: 'ngày tiếp nhận, không tính',
    after: 'chuyển sang ngày làm việc',
  } as const satisfies Record<Look, string>
  return `${longDay(day.date)}: ${what[look]}${isDue ? '; hạn trả' : ''}`
}

/** Holidays and make-up days by name, days that follow each other in one line, with the document. */
function notes(strip: readonly StripDay[]): readonly string[] | null {
  const named = strip.filter((day) => day.name !== undefined)
  if (named.length === 0) return null
  const groups = new Map<string, StripDay[]>()
  for (const day of named) {
    const key = `${day.name}|${day.document ?? ''}|${day.provisional ?? false}`
    groups.set(key, [...(groups.get(key) ?? []), day])
  }
  return [...groups.values()].map((days) => {
    const [first, last] = [days[0] as StripDay, days.at(-1) as StripDay]
    const when = first === last ? fullDay(first.date) : `${shortDay(first.date)} – ${fullDay(last.date)}`
    const document = first.document === undefined ? '' : ` (${first.document})`
    return `${when}: ${first.name}${document}${first.provisional ? ', dự kiến' : ''}`
  })
}
