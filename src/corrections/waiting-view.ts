import type { CorrectionRow } from '../../db/queries/correction-requests.ts'
import { type Act, TRANSITIONS } from '../domain/life-cycle/life-cycle.ts'
import { fullDay, shortMoment } from '../web/formats.ts'
import { each, type Html, html, NOTHING, when } from '../web/html.ts'
import { icon } from '../web/icons.ts'

/** What waits about one dossier, over its page. */
export function waitingView(rows: readonly CorrectionRow[], mayRead: boolean): Html {
  if (rows.length === 0) return NOTHING
  return html`<ul class="waiting">${each(rows, ({ id, act, day, requestedAt }) => html`<li>${icon('paused', 20)}<span>Đề nghị số ${id} chờ duyệt: <strong>${TRANSITIONS[act as Act].label}</strong>, từ ngày ${fullDay(day)}, gửi lúc ${shortMoment(requestedAt)}. Nội dung được giữ nguyên và làm đúng như vậy khi được duyệt.${when(mayRead, () => html` <a href="/quan-tri/dinh-chinh">Xem đề nghị</a>`)}</span></li>`)}</ul>`
}
