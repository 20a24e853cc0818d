import type { QueueCounts, QueueView } from '../../db/queries/work-queue.ts'
import type { WorkCalendar } from '../domain/calendar/calendar.ts'
import type { Instant } from '../domain/calendar/day.ts'
import { formatCount } from '../domain/counting/rate-format.ts'
import { each, type Html, html, when } from '../web/html.ts'
import { type IconName, icon } from '../web/icons.ts'
import { VIEW_LABELS } from './queue-labels.ts'
import { receivingClock } from './receiving-clock-view.ts'
import { type QueueAsk, queueHref } from './work-queue-query.ts'

type Counted = Exclude<keyof QueueCounts, 'open' | 'paused' | 'nextReceivingDueAt'> & QueueView

const COUNTED: readonly { readonly view: Counted; readonly sign: IconName; readonly alarm?: string }[] = [
  { view: 'overdue', sign: 'overdue', alarm: 'overdue' },
  { view: 'today', sign: 'due_soon', alarm: 'due_soon' },
  { view: 'soon', sign: 'calendar' },
  { view: 'waiting_citizen', sign: 'person' },
  { view: 'waiting_agency', sign: 'paused' },
  { view: 'result_ready', sign: 'check' },
  { view: 'submitted', sign: 'play' },
  { view: 'in_transit', sign: 'send' },
]

/** How much there is of each kind, big, each a way to its list. */
export function queueCountsView(
  counts: QueueCounts,
  ask: QueueAsk,
  calendar: WorkCalendar,
  now: Instant,
): Html {
  const due = counts.nextReceivingDueAt
  const clock = due === null ? null : receivingClock(calendar, now, due)
  return html`<ul class="counts queue-counts">${each(COUNTED, ({ view, sign, alarm }) => {
    const n = counts[view]
    const href = queueHref({ ...ask, view, sort: 'due', backwards: false, after: undefined })
    const note = view === 'submitted' ? clock : null
    return html`<li class="${n > 0 && alarm ? alarm : 'calm'}"><a href="${href}"${when(view === ask.view, () => html` aria-current="true"`)}><span class="count-label">${icon(sign)}<span>${VIEW_LABELS[view]}</span></span><span class="count-value n">${formatCount(n)}</span>${when(note, ({ isLate, text }) => html`<span class="count-note${isLate ? ' overdue' : ''}">${text}</span>`)}</a></li>`
  })}</ul>`
}
