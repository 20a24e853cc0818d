import { formatCount } from '../domain/counting/rate-format.ts'
import { each, type Html, html, when } from '../web/html.ts'
import { icon } from '../web/icons.ts'
import type { Bridge, BridgeRow } from './bridge.ts'
import { unexplainedSentence } from './bridge-sentence.ts'
import { signed } from './changed-counters-view.ts'
import { lateEventsView } from './late-events-view.ts'
import { type Place, reportHref } from './report-links.ts'

/** One more identity: O of the period before as it was closed, what was adjusted since, C of this one. */
export function bridgeLine({ total, previous }: Bridge): Html {
  const wrong = unexplainedSentence(total)
  return html`<li class="${wrong === null ? 'holds' : 'broken'}">${icon(wrong === null ? 'check' : 'cross')}<span><span class="sr">${wrong === null ? 'Khớp: ' : 'Không khớp: '}</span>đang giải quyết khi chốt <a href="${reportHref({ period: previous })}">${previous.label}</a> <b class="n">${formatCount(total.open)}</b> + điều chỉnh kỳ trước <b class="n">${signed(total.adjustment)}</b> = kỳ trước chuyển qua <b class="n">${formatCount(total.carriedOver)}</b>${when(wrong, (sentence) => html`. ${sentence}`)}</span></li>`
}

/** The bridge unit by unit, and what explains it: on demand. */
export function bridgeDetails({ total, rows, events }: Bridge, place: Place): Html {
  return html`<details class="bridge"><summary>Điều chỉnh kỳ trước theo đơn vị và từng hồ sơ</summary>
<div class="scroll" role="region" aria-label="Điều chỉnh kỳ trước theo đơn vị" tabindex="0"><table class="data changed"><caption class="sr">Điều chỉnh kỳ trước theo đơn vị</caption>
<thead><tr><th scope="col">Đơn vị</th><th scope="col" class="n">Cuối kỳ trước, khi chốt</th><th scope="col" class="n">Điều chỉnh</th><th scope="col" class="n">Kỳ trước chuyển qua</th></tr></thead>
<tbody>${each(rows, (row) => line(row, reportHref({ ...place, unit: row.key })))}</tbody>
<tbody class="total">${line(total, null)}</tbody></table></div>
${lateEventsView('Những việc giải thích điều chỉnh kỳ trước', events)}</details>`
}

function line(row: BridgeRow, href: string | null): Html {
  return html`<tr><th scope="row">${href === null ? row.label : html`<a href="${href}">${row.label}</a>`}</th><td class="n">${formatCount(row.open)}</td><td class="n">${signed(row.adjustment)}${when(unexplainedSentence(row), (sentence) => html`<br><small class="overdue">${sentence}</small>`)}</td><td class="n">${formatCount(row.carriedOver)}</td></tr>`
}
