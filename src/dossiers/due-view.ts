import type { LocalDay } from '../domain/calendar/day.ts'
import { fullDay, longDay, shortWeekday } from '../web/formats.ts'
import { type Html, html } from '../web/html.ts'
import { type IconName, icon } from '../web/icons.ts'
import type { Meaning, Standing } from './due-standing.ts'

const ICONS = {
  in_time: 'in_time',
  due_soon: 'due_soon',
  overdue: 'overdue',
  paused: 'paused',
  ended: 'check',
} as const satisfies Record<Meaning, IconName>

/** A due date, the same everywhere: icon, weekday and date, then the distance; colour only repeats it. */
export function dueView(dueOn: LocalDay, standing: Standing, size: 'row' | 'page' = 'row'): Html {
  const printed = size === 'page' ? longDay(dueOn) : `${shortWeekday(dueOn)} ${fullDay(dueOn)}`
  return html`<span class="due ${standing.meaning}">${icon(ICONS[standing.meaning])}<time datetime="${dueOn}">${printed}</time><span class="due-distance">${standing.text}</span></span>`
}

/** A meaning as a tag: for counts and timelines. */
export function meaningTag(meaning: Meaning, text: string): Html {
  return html`<span class="tag ${meaning}">${icon(ICONS[meaning])}${text}</span>`
}
