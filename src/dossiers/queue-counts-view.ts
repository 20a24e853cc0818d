import type { QueueCounts, QueueView } from '../../db/queries/work-queue.ts'
import { catalogueOf } from '../catalogue/catalogue.ts'
import { folderHours } from '../custody/standing.ts'
import type { Deps } from '../deps.ts'
import { formatCount } from '../domain/counting/rate-format.ts'
import { each, type Html, html, when } from '../web/html.ts'
import { type IconName, icon } from '../web/icons.ts'
import { VIEW_LABELS } from './queue-labels.ts'
import { lateOf } from './queue-transit.ts'
import { receivingClock } from './receiving-clock-view.ts'
import { type QueueAsk, queueHref } from './work-queue-query.ts'

type Counted = Exclude<keyof QueueCounts, 'open' | 'paused' | 'nextReceivingDueAt' | 'onTheWay'> & QueueView

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
export function queueCountsView(deps: Pick<Deps, 'db' | 'clock'>, counts: QueueCounts, ask: QueueAsk): Html {
  const due = counts.nextReceivingDueAt
  const late = lateOf(deps, counts.onTheWay)
  const notes: Readonly<
    Partial<Record<Counted, { readonly isLate: boolean; readonly text: string } | null>>
  > = {
    submitted:
      due === null ? null : receivingClock(catalogueOf(deps.db).calendar(null), deps.clock.now(), due),
    in_transit:
      late === 0 ? null : { isLate: true, text: `${formatCount(late)} quá ${folderHours(deps)} giờ` },
  }
  return html`<ul class="counts queue-counts">${each(COUNTED, ({ view, sign, alarm }) => {
    const n = counts[view]
    const href = queueHref({ ...ask, view, sort: 'due', backwards: false, after: undefined })
    return html`<li class="${n > 0 && alarm ? alarm : 'calm'}"><a href="${href}"${when(view === ask.view, () => html` aria-current="true"`)}><span class="count-label">${icon(sign)}<span>${VIEW_LABELS[view]}</span></span><span class="count-value n">${formatCount(n)}</span>${when(notes[view], ({ isLate, text }) => html`<span class="count-note${isLate ? ' overdue' : ''}">${text}</span>`)}</a></li>`
  })}</ul>`
}
