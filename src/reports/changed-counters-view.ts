import { formatCount } from '../domain/counting/rate-format.ts'
import { each, type Html, html } from '../web/html.ts'
import type { AdjustedCounter, AdjustedRow } from './adjustments.ts'
import { COUNTER_LABELS } from './counter-labels.ts'

/** Its moves are told by the stock of overdue dossiers and by those that became overdue. */
const REPEATED = 'overdueDelta'

/** The counters a person is shown; those that repeat another one are left out. */
export function shownCounters(counters: readonly AdjustedCounter[]): readonly AdjustedCounter[] {
  return counters.filter(({ counter }) => counter !== REPEATED)
}

/** One line a unit: each counter that changed, before → after. */
export function changedInline({ counters }: AdjustedRow): Html {
  const shown = shownCounters(counters)
  if (shown.length === 0) return html`<span class="muted">tổng không đổi</span>`
  return html`<ul class="changes">${each(shown, ({ counter, before, after }) => html`<li>${COUNTER_LABELS[counter]} <span class="n">${formatCount(before)} → <b>${formatCount(after)}</b></span></li>`)}</ul>`
}

/** '+3', '−3' */
export function signed(n: number): string {
  return n < 0 ? `−${formatCount(-n)}` : `+${formatCount(n)}`
}
