import type { Alarm } from '../db/queries/alarms.ts'
import { ALARMS } from './alarms.ts'
import { moment } from './web/formats.ts'
import { type Html, html, NOTHING } from './web/html.ts'
import { icon } from './web/icons.ts'

/** An open alarm: what, why, what to do; `act`: what this page lets somebody do about it. */
export function alarmItem({ kind, subject, detail, raisedAt }: Alarm, act: Html = NOTHING): Html {
  return html`<li>${icon('overdue', 20)}<div><p class="event-act">${ALARMS[kind]?.label ?? kind}: ${subject}</p><p>${detail}</p><p class="event-who">${ALARMS[kind]?.remedy} Từ <time>${moment(raisedAt)}</time>.</p>${act}</div></li>`
}
