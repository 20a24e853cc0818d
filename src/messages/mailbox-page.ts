import type { FastifyInstance } from 'fastify'
import { mailboxMessages } from '../../db/queries/messages.ts'
import type { Deps } from '../deps.ts'
import { emptyNotice } from '../web/error-page.ts'
import { moment } from '../web/formats.ts'
import { each, html, when } from '../web/html.ts'
import type { Show } from '../web/layout.ts'
import { maskedAddress, openedText } from './message-view.ts'
import { CHANNEL_LABELS, TEMPLATE_LABELS } from './message-words.ts'

const PAGE = '/tin-nhan/hop-thu-thu'
const LINES = 30

/** `/tin-nhan/hop-thu-thu`: what would have been sent, while nothing is (MESSAGES=mailbox). */
export function mailboxPage(app: FastifyInstance, deps: Deps, show: Show): void {
  app.get<{ Querystring: { truoc?: string } }>(PAGE, (request, reply) => {
    const { truoc = '' } = request.query
    const before = /^[1-9]\d{0,14}$/.test(truoc) ? Number(truoc) : Number.MAX_SAFE_INTEGER
    const rows = mailboxMessages(deps.db, 'mailbox', before, LINES + 1)
    const shown = rows.slice(0, LINES)
    const isOn = deps.messages?.mode === 'mailbox'
    const body = html`<header class="page-head"><p class="page-kicker"><a href="/quan-tri">Quản trị</a><a href="/tin-nhan/cach-gui">Cách gửi</a></p><h1>Hộp thư thử</h1><p class="lead">${isOn ? 'Tin được lập, giữ và dựng như thật, rồi dừng ở đây. Không tin nào rời khỏi máy này.' : 'Hộp thư thử đang tắt. Đặt MESSAGES=mailbox rồi khởi động lại để xem thử mà không gửi gì đi.'}</p></header>
${
  shown.length === 0
    ? emptyNotice('Hộp thư trống', 'Tin đến đây khi hết giờ giữ, trong giờ làm việc.')
    : html`<ol class="mailbox">${each(shown, (row) => {
        const message = openedText(deps, row)
        return html`<li><p class="page-kicker"><strong>${TEMPLATE_LABELS[row.template]}</strong><span>${CHANNEL_LABELS[row.channel]} tới ${maskedAddress(deps, row)}</span>${when(row.settledAt, (at) => html`<time>${moment(at)}</time>`)}<span class="code">${row.code ?? `hồ sơ số ${row.dossierId}`}</span></p>
${message === null ? html`<p class="muted">Nội dung đã xoá.</p>` : html`${when(message.subject, (subject) => html`<h2>${subject}</h2>`)}<p class="message-body">${message.text}</p>`}</li>`
      })}</ol>`
}
${when(rows.length > LINES && shown.at(-1), ({ id }) => html`<p class="pager"><a class="button" href="${PAGE}?truoc=${id}">Xem tiếp</a></p>`)}`
    return show(reply, { title: 'Hộp thư thử', area: '/quan-tri', body })
  })
}
