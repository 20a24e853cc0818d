import { formatCount } from '../domain/counting/rate-format.ts'
import { each, type Html, html, when } from '../web/html.ts'
import { icon } from '../web/icons.ts'
import type { Adjustments } from './adjustments.ts'
import { changedInline } from './changed-counters-view.ts'
import { lateEventsView } from './late-events-view.ts'
import { comparisonHref, type Place, reportHref } from './report-links.ts'

const ID = 'dieu-chinh'

/** Events listed in the box; the comparison has them all. */
const SHOWN = 50

/** Whether there is anything to tell of the time after the closing. */
export function isAdjusted(found: Adjustments | null): found is Adjustments {
  return found !== null && found.events.length + found.rows.length > 0
}

/** What has become of a closed period since it was closed; nothing where nothing has. */
export function adjustmentsView(found: Adjustments | null, place: Place): Html {
  if (!isAdjusted(found)) return html``
  const { rows, total, events } = found
  const waiting = events.filter(({ revision }) => revision === null).length
  const compare = comparisonHref(place, 1, 'current')
  return html`<section class="adjustments block" id="${ID}"><div class="block-head"><h2>Điều chỉnh sau khi chốt</h2><p><a href="${compare}">So sánh bản 1 với hiện tại</a></p></div>
<p class="told">${events.length === 0 ? 'Các đơn vị tuyến dưới đã gửi bản mới; việc làm thay đổi ghi ở hệ thống của đơn vị' : html`${formatCount(events.length)} việc ghi nhận sau khi chốt làm thay đổi số liệu kỳ này`}${when(waiting > 0 && waiting, (n) => html`; ${formatCount(n)} việc chưa vào bản nào, đêm nay sẽ vào bản mới`)}. Số liệu dưới đây: khi chốt → hiện nay.</p>
${when(
  rows.length > 0 || null,
  () => html`<table class="data changed-inline"><caption class="sr">Điều chỉnh sau khi chốt, theo đơn vị</caption>
<thead class="sr"><tr><th scope="col">Đơn vị</th><th scope="col">Khi chốt → hiện nay</th></tr></thead>
<tbody>${each(rows, (row) => html`<tr><th scope="row"><a href="${reportHref({ ...place, unit: row.key })}">${row.label}</a></th><td>${changedInline(row)}</td></tr>`)}</tbody>
<tfoot><tr><th scope="row">${total.label}</th><td>${changedInline(total)}</td></tr></tfoot></table>`,
)}
${lateEventsView('Những việc làm thay đổi số liệu đã chốt', events.slice(-SHOWN))}
${when(events.length > SHOWN || null, () => html`<p class="muted">${SHOWN} việc mới nhất; <a href="${compare}">xem tất cả ${formatCount(events.length)} việc</a>.</p>`)}</section>`
}

/** In the head of the page: that there is a box, and the way to it. */
export function adjustmentsNote(found: Adjustments | null): Html {
  return when(
    isAdjusted(found) && (found.events.length || found.rows.length),
    (count) =>
      html`<a class="tag paused" href="#${ID}">${icon('info')}${formatCount(count)} điều chỉnh sau khi chốt</a>`,
  )
}
