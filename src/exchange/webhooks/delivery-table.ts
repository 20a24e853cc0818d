import type { DeliveryStatus, LoggedDelivery } from '../../../db/queries/webhook-deliveries.ts'
import { TRANSITIONS } from '../../domain/life-cycle/life-cycle.ts'
import { dossierHref } from '../../dossiers/dossier-table.ts'
import { moment } from '../../web/formats.ts'
import { each, type Html, html, when } from '../../web/html.ts'

export const STATUS_LABELS = {
  waiting: 'Đang chờ',
  delivered: 'Đã nhận',
  given_up: 'Thôi gửi',
} as const satisfies Record<DeliveryStatus, string>

/** The log of an address: a line a message, each with a button to send it again; no `action`: only to be read. */
export function deliveryTable(
  action: string | null,
  log: readonly LoggedDelivery[],
  status: DeliveryStatus | null,
): Html {
  const table = html`<div class="scroll" role="region" aria-label="Nhật ký gửi" tabindex="0"><table class="data deliveries"><caption class="sr">Các tin, mới nhất trước</caption>
<thead><tr><th scope="col" class="n">Số</th><th scope="col">Việc</th><th scope="col">Tình trạng</th><th scope="col">Hồ sơ</th><th scope="col" class="n">Lần thử</th><th scope="col">Trả lời cuối</th>${when(action, () => html`<th scope="col"><span class="sr">Gửi lại</span></th>`)}</tr></thead>
<tbody>${each(log, (delivery) => html`<tr><td class="n">${delivery.id}</td><th scope="row">${TRANSITIONS[delivery.act].label}</th><td>${standingOf(delivery)}</td><td><a class="code" href="${dossierHref({ id: delivery.dossierId, code: delivery.code })}">${delivery.code ?? `hồ sơ số ${delivery.dossierId}`}</a></td><td class="n">${delivery.attempts}</td><td class="delivery-answer" title="${answerOf(delivery)}">${answerOf(delivery)}</td>${when(action, () => resendCell(delivery))}</tr>`)}</tbody></table></div>`
  if (action === null) return table
  return html`<form method="post" action="${action}"><input type="hidden" name="xem" value="${status ?? ''}">
${table}</form>`
}

function resendCell({ id }: LoggedDelivery): Html {
  return html`<td><button class="button" type="submit" name="resend" value="${id}">Gửi lại<span class="sr"> tin ${id}</span></button></td>`
}

function standingOf(delivery: LoggedDelivery): Html {
  const { status, deliveredAt, nextAt } = delivery
  if (status === 'waiting' && delivery.attempts === 0) return html`chờ đến lượt`
  if (status === 'waiting' && delivery.lastStatus === null && delivery.lastError === null)
    return html`đang gửi`
  const at = status === 'delivered' ? deliveredAt : nextAt
  const words = status === 'waiting' ? 'thử lại' : STATUS_LABELS[status].toLowerCase()
  return html`${words}${when(at, (known) => html` <time>${moment(known)}</time>`)}`
}

function answerOf({ lastStatus, lastError }: LoggedDelivery): string {
  return [lastStatus, lastError].filter((part) => part !== null && part !== '').join(': ') || '–'
}
