import type {
  DeliveryStatus,
  LoggedDelivery,
  WebhookStanding,
} from '../../../db/queries/webhook-deliveries.ts'
import type { Webhook } from '../../../db/queries/webhooks.ts'
import { catalogueOf } from '../../catalogue/catalogue.ts'
import { unitChoices, unitName } from '../../catalogue/unit-choices.ts'
import type { Deps } from '../../deps.ts'
import { localDayOf } from '../../domain/calendar/day.ts'
import { formatCount } from '../../domain/counting/rate-format.ts'
import { ACTS, TRANSITIONS } from '../../domain/life-cycle/life-cycle.ts'
import { tabs } from '../../web/controls.ts'
import { emptyNotice } from '../../web/error-page.ts'
import { moment } from '../../web/formats.ts'
import { choiceField, EMPTY_FORM, type FormState, formView, inputField, tickField } from '../../web/forms.ts'
import { each, type Html, html, when } from '../../web/html.ts'
import { icon } from '../../web/icons.ts'
import { deliveryTable, STATUS_LABELS } from './delivery-table.ts'
import type { Answer } from './post-message.ts'

export const HREF = '/quan-tri/webhook'

type ViewDeps = Pick<Deps, 'db' | 'clock'>

export interface WebhookRow {
  readonly webhook: Webhook
  readonly standing: WebhookStanding
}

/** All addresses with how they stand, and the form for another one; no `state`: only to be read. */
export function listBody(deps: ViewDeps, rows: readonly WebhookRow[], state: FormState | null): Html {
  const failing = rows.filter(({ webhook, standing }) => toneOf(webhook, standing) === 'overdue').length
  const heading =
    rows.length === 0
      ? 'Chưa có nơi nào được báo'
      : failing > 0
        ? `${formatCount(failing)} webhook chưa gửi được`
        : `${formatCount(rows.length)} webhook đang được báo`
  return html`<header class="page-head"><p class="page-kicker"><a href="/quan-tri">Quản trị</a></p><h1>${heading}</h1><p class="lead">Hệ thống báo cho phần mềm khác mỗi việc trên hồ sơ, không kèm dữ liệu cá nhân. Tin có chữ ký; bên nhận chưa nhận được thì được gửi lại trong khoảng hai ngày.</p></header>
${rows.length === 0 ? emptyNotice('Không có webhook', state === null ? 'Quản trị viên chưa thêm địa chỉ nào.' : 'Thêm địa chỉ của phần mềm cần được báo ở biểu mẫu bên dưới.') : listTable(rows)}
${when(
  state,
  (typed) => html`<section class="webhook-add"><h2>Thêm webhook</h2>
${formView({ action: HREF, state: typed, fields: addFields(deps, typed), submit: 'Thêm webhook' })}</section>`,
)}`
}

function listTable(rows: readonly WebhookRow[]): Html {
  return html`<div class="scroll" role="region" aria-label="Các webhook" tabindex="0"><table class="data webhooks"><caption class="sr">Các webhook và tình trạng</caption>
<thead><tr><th scope="col">Tên gọi</th><th scope="col">Tình trạng</th><th scope="col">Nhận gần nhất</th><th scope="col" class="n">Đang chờ</th><th scope="col" class="n">Thôi gửi</th><th scope="col">Địa chỉ nhận</th></tr></thead>
<tbody>${each(rows, ({ webhook, standing }) => html`<tr><th scope="row"><a href="${HREF}/${webhook.id}">${webhook.label}</a></th><td>${tag(webhook, standing)}</td><td>${standing.lastDeliveredAt === null ? html`<span class="muted">chưa có</span>` : html`<time>${moment(standing.lastDeliveredAt)}</time>`}</td><td class="n">${count(standing.waiting)}</td><td class="n">${count(standing.givenUp)}</td><td class="clip" title="${webhook.url}">${webhook.url}</td></tr>`)}</tbody></table></div>`
}

function count(n: number): Html {
  return n === 0 ? html`<span class="zero">0</span>` : html`${formatCount(n)}`
}

function addFields({ db, clock }: ViewDeps, state: FormState): Html {
  const units = unitChoices(catalogueOf(db), localDayOf(clock.now()))
  const isChosen = ACTS.some((act) => state.typed[`act-${act}`] === '1')
  return html`${inputField(state, { name: 'label', label: 'Tên gọi', required: true, maxLength: 100, hint: 'Ví dụ: Cổng dịch vụ công tỉnh.' })}
${inputField(state, { name: 'url', label: 'Địa chỉ nhận', required: true, hint: 'Bắt đầu bằng https:// (trong mạng nội bộ có thể là http://).' })}
${choiceField(state, { name: 'unit', label: 'Hồ sơ do đơn vị tiếp nhận hoặc giải quyết', blank: 'Tất cả đơn vị', options: units.map(({ key, name }) => ({ value: key, label: name })) })}
<details class="webhook-acts"${when(isChosen, () => html` open`)}><summary>Chỉ báo một số việc (không chọn: báo mọi việc)</summary><div class="form-row">${each(ACTS, (act) => tickField(state, { name: `act-${act}`, label: TRANSITIONS[act].label }))}</div></details>`
}

export interface WebhookDetail extends WebhookRow {
  readonly mayChange: boolean
  /** Only messages of this status are shown; null: all. */
  readonly status: DeliveryStatus | null
  /** The log; one line more than `lines` where there is more. */
  readonly log: readonly LoggedDelivery[]
  readonly lines: number
  /** The secret in clear, the one time it is shown. */
  readonly secret?: string | undefined
  /** What a test message was answered. */
  readonly answer?: Answer | undefined
}

/** One address: how it stands, what can be done, and its log. */
export function webhookBody(deps: ViewDeps, detail: WebhookDetail): Html {
  const { webhook, standing, mayChange, secret, answer } = detail
  return html`<header class="page-head"><p class="page-kicker"><a href="${HREF}">Webhook</a>${tag(webhook, standing)}</p><h1>${headingOf(webhook, standing)}</h1></header>
${when(secret, secretView)}
${when(answer, answerView)}
<dl class="webhook-facts"><div><dt>Tên gọi</dt><dd>${webhook.label}</dd></div><div><dt>Địa chỉ nhận</dt><dd>${webhook.url}</dd></div><div><dt>Báo về</dt><dd>${scopeWords(deps, webhook)}</dd></div><div><dt>Thêm lúc</dt><dd><time>${moment(webhook.createdAt)}</time></dd></div></dl>
${when(mayChange, () => actsView(webhook))}
${logView(detail)}`
}

function headingOf(
  { pausedAt }: Webhook,
  { failingSince, givenUp, waiting, lastDeliveredAt }: WebhookStanding,
): string {
  if (pausedAt !== null) return `Tạm dừng từ ${moment(pausedAt)}`
  if (failingSince !== null)
    return `Chưa gửi được từ ${moment(failingSince)}, ${formatCount(waiting)} tin đang chờ`
  if (givenUp > 0) return `${formatCount(givenUp)} tin đã thôi gửi`
  return lastDeliveredAt === null ? 'Chưa gửi tin nào' : `Nhận gần nhất ${moment(lastDeliveredAt)}`
}

function secretView(secret: string): Html {
  return html`<div class="webhook-secret" role="status"><p><strong>Khoá ký, chỉ hiện lần này.</strong> Hãy chép ngay và đưa cho bên nhận bằng đường an toàn; mất thì phải đổi khoá.</p><code>${secret}</code></div>`
}

function answerView({ taken, status, error }: Answer): Html {
  const words = taken
    ? `Tin gửi thử đã được nhận (${status}).`
    : `Tin gửi thử không được nhận${status === null ? '' : ` (${status})`}: ${error || 'không có lời giải thích.'}`
  return html`<p class="${taken ? 'webhook-answer' : 'form-refusal'}" role="status">${icon(taken ? 'in_time' : 'overdue', 20)}<span>${words}</span></p>`
}

function scopeWords({ db, clock }: ViewDeps, { acts, unitId }: Webhook): string {
  const told = acts === null ? 'Mọi việc' : acts.map((act) => TRANSITIONS[act].label).join(', ')
  if (unitId === null) return `${told}, mọi đơn vị`
  return `${told}; ${unitName(catalogueOf(db).unitById.get(unitId), localDayOf(clock.now()))}`
}

function actsView({ id, pausedAt }: Webhook): Html {
  return html`<form class="webhook-buttons" method="post" action="${HREF}/${id}"><button class="button" type="submit" name="do" value="test">Gửi thử</button>${
    pausedAt === null
      ? html`<button class="button" type="submit" name="do" value="pause">Tạm dừng</button>`
      : html`<button class="button primary" type="submit" name="do" value="resume">Chạy tiếp</button>`
  }</form>
<details class="webhook-more"><summary>Đổi khoá ký hoặc gỡ</summary>
<p>Khoá cũ hết hiệu lực ngay; tin bên nhận từ chối trong lúc chưa có khoá mới sẽ được gửi lại.</p>
${formView({ action: `${HREF}/${id}`, state: EMPTY_FORM, fields: html`<input type="hidden" name="do" value="rotate">`, submit: 'Đổi khoá ký' })}
<p>Gỡ thì huỷ khoá ký và thôi gửi các tin đang chờ. Không lấy lại được.</p>
<form method="post" action="${HREF}/${id}"><button class="button" type="submit" name="do" value="remove">Gỡ webhook</button></form></details>`
}

function logView({ webhook, mayChange, status, log, lines }: WebhookDetail): Html {
  const href = `${HREF}/${webhook.id}`
  const choices = [
    { href, label: 'Tất cả', current: status === null },
    ...(['waiting', 'delivered', 'given_up'] as const).map((each) => ({
      href: `${href}?xem=${each}`,
      label: STATUS_LABELS[each],
      current: status === each,
    })),
  ]
  const shown = log.slice(0, lines)
  const last = log.length > lines ? shown.at(-1) : undefined
  const next = (before: number) => `${href}?${status === null ? '' : `xem=${status}&`}truoc=${before}`
  return html`<section><div class="block-head"><h2>Nhật ký gửi</h2>${tabs('Tình trạng của tin', choices)}</div>
${shown.length === 0 ? emptyNotice('Không có tin nào ở đây', 'Tin được lập khi có việc trên hồ sơ; tin đã nhận được giữ 30 ngày.') : deliveryTable(mayChange ? href : null, shown, status)}
${when(last, ({ eventId }) => html`<p class="pager"><a class="button" href="${next(eventId)}">Xem tiếp</a></p>`)}</section>`
}

function toneOf({ pausedAt }: Webhook, { failingSince, givenUp }: WebhookStanding) {
  if (pausedAt !== null) return 'paused'
  return failingSince !== null || givenUp > 0 ? 'overdue' : 'in_time'
}

const TONE_WORDS = { paused: 'Tạm dừng', overdue: 'Gửi chưa được', in_time: 'Đang chạy' } as const

function tag(webhook: Webhook, standing: WebhookStanding): Html {
  const tone = toneOf(webhook, standing)
  return html`<span class="tag ${tone}">${icon(tone)}${TONE_WORDS[tone]}</span>`
}
