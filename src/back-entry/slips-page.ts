import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type SlipLine, type SlipView, slipCounts, slipsOf } from '../../db/queries/emergency-slips.ts'
import { mayEnter } from '../accounts/guard.ts'
import type { Unit } from '../catalogue/catalogue.ts'
import type { Deps } from '../deps.ts'
import { dossierHref } from '../dossiers/dossier-table.ts'
import type { PageOptions } from '../page-options.ts'
import { actorOf } from '../web/actor.ts'
import { tabs } from '../web/controls.ts'
import { moment } from '../web/formats.ts'
import {
  EMPTY_FORM,
  type FormState,
  formView,
  inputField,
  orRefused,
  refusalView,
  typedIn,
} from '../web/forms.ts'
import { each, type Html, html, when } from '../web/html.ts'
import { icon } from '../web/icons.ts'
import type { Show } from '../web/layout.ts'
import { asPaper } from '../web/paper-preview.ts'
import { backEntryTabs } from './back-entry-tabs.ts'
import { cancelSlip } from './cancel-slip.ts'
import { printSlips } from './print-slips.ts'
import { shopOf } from './shop-of.ts'
import { slipsPdfHref } from './slips-pdf.ts'
import { waitingSlips } from './usable-slip.ts'

const PAGE = '/nhap-bu/phieu'
const VIEW_LABELS = { open: 'Chưa dùng', used: 'Đã dùng', cancelled: 'Đã huỷ' } as const satisfies Record<
  SlipView,
  string
>
const MOST_SHOWN = 500

interface Query {
  readonly unit?: string
  readonly view?: string
  /** A slip of the batch that was given its numbers a moment ago. */
  readonly in?: string
}

/** `/nhap-bu/phieu`: numbered slips, printed beforehand; which were used, cancelled, or are missing. */
export function slipsPage(app: FastifyInstance, options: PageOptions, show: Show): void {
  const { deps, writer } = options
  const page = (request: FastifyRequest, reply: FastifyReply, query: Query, refused?: Refused) => {
    const { shop, filter } = shopOf(deps, request, PAGE, query.unit)
    const body = html`<header class="page-head with-filter"><h1>Phiếu tiếp nhận khi gián đoạn</h1>${filter}</header>
<p class="lead">In sẵn, để ở quầy. Khi mất điện hoặc mất mạng, ghi tay lên phiếu; khi hệ thống trở lại, nhập bù. Mỗi số chỉ dùng một lần.</p>
${backEntryTabs(request, PAGE, shop?.key)}
${shop === undefined ? html`${when(refused, ({ state }) => refusalView(state))}<p class="notice">Hãy chọn đơn vị tiếp nhận ở trên.</p>` : shopView(deps, shop, query, mayEnter(request.principal, 'back_entry'), refused)}`
    return show(reply, { title: 'Phiếu gián đoạn', area: '/quan-tri', body, status: refused ? 422 : 200 })
  }
  app.get<{ Querystring: Query }>(PAGE, (request, reply) => page(request, reply, request.query))
  app.post(PAGE, async (request, reply) => {
    const typed = typedIn(request.body)
    const { unit = '', count = '' } = typed
    const outcome = await orRefused(typed, () => {
      const actor = actorOf(request)
      return writer.write(() => printSlips(deps, actor, unit, Number(count)))
    })
    if ('state' in outcome) return page(request, reply, { unit }, { form: 'print', state: outcome.state })
    return reply.redirect(`${PAGE}?${new URLSearchParams({ unit, in: outcome.done[0] ?? '' })}`, 303)
  })
  app.post(`${PAGE}/huy`, async (request, reply) => {
    const typed = typedIn(request.body)
    const { unit = '', slip = '', reason = '' } = typed
    const outcome = await orRefused(typed, () => {
      const actor = actorOf(request)
      return writer.write(() => cancelSlip(deps, actor, unit, slip, reason))
    })
    if ('state' in outcome) return page(request, reply, { unit }, { form: 'cancel', state: outcome.state })
    return reply.redirect(`${PAGE}?${new URLSearchParams({ unit, view: 'cancelled' })}`, 303)
  })
}

interface Refused {
  readonly form: 'print' | 'cancel'
  readonly state: FormState
}

function shopView(
  deps: Deps,
  shop: Unit,
  query: Query,
  mayEnterSlips: boolean,
  refused: Refused | undefined,
): Html {
  const view = (Object.keys(VIEW_LABELS) as SlipView[]).find((name) => name === query.view) ?? 'open'
  const counts = slipCounts(deps.db, shop.id)
  const stateOf = (form: Refused['form']) => (refused?.form === form ? refused.state : EMPTY_FORM)
  const items = (Object.keys(VIEW_LABELS) as SlipView[]).map((name) => ({
    href: `${PAGE}?${new URLSearchParams({ unit: shop.key, view: name })}`,
    label: `${VIEW_LABELS[name]}: ${counts[name]}`,
    current: name === view,
  }))
  const unitField = html`<input type="hidden" name="unit" value="${shop.key}">`
  const print = formView({
    action: PAGE,
    state: stateOf('print'),
    fields: html`${unitField}${inputField(stateOf('print'), { name: 'count', label: 'Số phiếu in thêm', type: 'number', value: '20', required: true })}`,
    submit: 'Cấp số và mở tập phiếu',
  })
  const cancel = formView({
    action: `${PAGE}/huy`,
    state: stateOf('cancel'),
    fields: html`${unitField}<div class="form-row">${inputField(stateOf('cancel'), { name: 'slip', label: 'Số phiếu hỏng hoặc mất', required: true })}${inputField(stateOf('cancel'), { name: 'reason', label: 'Lý do huỷ', required: true })}</div>`,
    submit: 'Huỷ phiếu',
  })
  return html`${when(query.in, (first) => html`<p class="done-notice" role="status">${icon('check', 20)}<span>Đã cấp số cho tập phiếu từ ${first}.</span><a class="button" href="${slipsPdfHref(first)}"${asPaper('Tập phiếu gián đoạn', true)}>${icon('print')}Xem và in tập phiếu</a></p>`)}
<div class="toolbar">${tabs('Phiếu', items)}</div>
${slipTable(slipsOf(deps.db, shop.id, view, MOST_SHOWN), waitingSlips(deps, shop.id), counts.lastUsed)}
${when(
  mayEnterSlips,
  () => html`<section><h2>In thêm</h2>${print}</section>
<section><h2>Huỷ phiếu</h2>${cancel}</section>`,
)}`
}

function slipTable(rows: readonly SlipLine[], waiting: ReadonlySet<number>, lastUsed: number): Html {
  if (rows.length === 0) return html`<p class="muted">Không có phiếu nào.</p>`
  return html`<div class="scroll" role="region" aria-label="Phiếu" tabindex="0"><table class="data">
<caption class="sr">Phiếu tiếp nhận khi gián đoạn</caption>
<thead><tr><th scope="col">Số phiếu</th><th scope="col">In lúc (mở tập phiếu)</th><th scope="col">Tình trạng</th></tr></thead>
<tbody>${each(rows, (row) => html`<tr><th scope="row" class="nowrap">${row.number}</th><td class="nowrap"><a href="${slipsPdfHref(row.number)}"${asPaper('Tập phiếu gián đoạn')}>${moment(row.printedAt)}</a></td><td>${standing(row, waiting, lastUsed)}</td></tr>`)}</tbody></table></div>`
}

/** An open slip before one that was used is missing: used and not entered, or lost. */
function standing(row: SlipLine, waiting: ReadonlySet<number>, lastUsed: number): Html {
  if (row.cancelledAt !== null) return html`huỷ ${moment(row.cancelledAt)}: ${row.cancelReason}`
  if (row.dossierId !== null) {
    return html`<a class="code" href="${dossierHref({ code: row.code, id: row.dossierId })}">${row.code}</a>, nhập ${row.enteredAt === null ? '' : moment(row.enteredAt)}`
  }
  if (waiting.has(row.id)) return html`<a href="/quan-tri/dinh-chinh">chờ duyệt</a>`
  return row.id < lastUsed
    ? html`<span class="tag due_soon">còn thiếu</span> phiếu sau đã dùng: nhập bù hoặc huỷ`
    : html`chưa dùng`
}
