import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { listOutages, type OutageRow } from '../../db/queries/outages.ts'
import { mayEnter } from '../accounts/guard.ts'
import { unitsGranted } from '../accounts/seen-units.ts'
import { type Catalogue, catalogueOf } from '../catalogue/catalogue.ts'
import { unitName } from '../catalogue/unit-choices.ts'
import { type Instant, localDayOf, parseInstant, printInstant } from '../domain/calendar/day.ts'
import type { PageOptions } from '../page-options.ts'
import { actorOf } from '../web/actor.ts'
import { moment } from '../web/formats.ts'
import {
  EMPTY_FORM,
  type FormState,
  formView,
  inputField,
  orRefused,
  textField,
  typedIn,
} from '../web/forms.ts'
import { each, type Html, html } from '../web/html.ts'
import type { Show } from '../web/layout.ts'
import { backEntryTabs } from './back-entry-tabs.ts'
import { declareOutage, finishOutage } from './declare-outage.ts'
import { shopOf } from './shop-of.ts'

const PAGE = '/nhap-bu/gian-doan'
const SHOWN = 100

/** `/nhap-bu/gian-doan`: the head says when a shop was without the system. */
export function outagePage(app: FastifyInstance, { deps, writer }: PageOptions, show: Show): void {
  const page = (request: FastifyRequest, reply: FastifyReply, unit: string | undefined, state: FormState) => {
    const { shop, filter } = shopOf(deps, request, PAGE, unit)
    const mayDeclare = mayEnter(request.principal, 'outages_declare')
    const now = deps.clock.now()
    const seen = unitsGranted(deps, actorOf(request), 'back_entry_read')
    const fields = html`<input type="hidden" name="unit" value="${shop?.key}"><div class="form-row">${inputField(state, { name: 'from', label: 'Từ lúc', type: 'datetime-local', value: printInstant(now).slice(0, 16), required: true })}${inputField(state, { name: 'to', label: 'Đến lúc', type: 'datetime-local', hint: 'Bỏ trống khi còn gián đoạn.' })}</div>
${textField(state, { name: 'reason', label: 'Lý do', required: true, rows: 2 })}`
    const body = html`<header class="page-head with-filter"><h1>Khai báo gián đoạn</h1>${filter}</header>
<p class="lead">Trong thời gian đã khai báo, cán bộ nhập bù từ phiếu được lùi quá một ngày làm việc mà không chờ duyệt; ngày của kỳ đã chốt vẫn chờ duyệt.</p>
${backEntryTabs(request, PAGE, shop?.key)}
${mayDeclare ? (shop === undefined ? html`<p class="notice">Hãy chọn đơn vị tiếp nhận ở trên.</p>` : formView({ action: PAGE, state, fields, submit: 'Khai báo' })) : html`<p class="muted">Người đứng đầu đơn vị khai báo gián đoạn.</p>`}
<section><h2>Các lần gián đoạn</h2>${outageTable(catalogueOf(deps.db), listOutages(deps.db, seen && [...seen], SHOWN), now, mayDeclare)}</section>`
    return show(reply, {
      title: 'Gián đoạn',
      area: '/quan-tri',
      body,
      status: state.refusal === null ? 200 : 422,
    })
  }
  app.get<{ Querystring: { unit?: string } }>(PAGE, (request, reply) =>
    page(request, reply, request.query.unit, EMPTY_FORM),
  )
  app.post(PAGE, async (request, reply) => {
    const typed = typedIn(request.body)
    const { unit = '', from = '', to = '', reason = '' } = typed
    const outcome = await orRefused(typed, () => {
      const actor = actorOf(request)
      const outage = {
        unit,
        reason,
        fromAt: parseInstant(from),
        toAt: to === '' ? undefined : parseInstant(to),
      }
      return writer.write(() => declareOutage(deps, actor, outage))
    })
    if ('state' in outcome) return page(request, reply, unit, outcome.state)
    return reply.redirect(`${PAGE}?${new URLSearchParams({ unit })}`, 303)
  })
  app.post<{ Params: { id: string } }>(`${PAGE}/:id/ket-thuc`, async (request, reply) => {
    const outcome = await orRefused(typedIn(request.body), () => {
      const actor = actorOf(request)
      return writer.write(() => finishOutage(deps, actor, Number(request.params.id), deps.clock.now()))
    })
    const refusal = { typed: {}, refusal: 'state' in outcome ? outcome.state.refusal : null }
    return 'state' in outcome ? page(request, reply, undefined, refusal) : reply.redirect(PAGE, 303)
  })
}

function outageTable(
  catalogue: Catalogue,
  rows: readonly OutageRow[],
  now: Instant,
  mayDeclare: boolean,
): Html {
  if (rows.length === 0) return html`<p class="muted">Chưa khai báo lần nào.</p>`
  const name = (unitId: number) => unitName(catalogue.unitById.get(unitId), localDayOf(now))
  return html`<div class="scroll" role="region" aria-label="Các lần gián đoạn" tabindex="0"><table class="data"><caption class="sr">Các lần gián đoạn</caption>
<thead><tr><th scope="col">Đơn vị</th><th scope="col">Từ</th><th scope="col">Đến</th><th scope="col">Lý do</th></tr></thead>
<tbody>${each(rows, ({ id, unitId, fromAt, toAt, reason }) => html`<tr><th scope="row">${name(unitId)}</th><td class="nowrap">${moment(fromAt)}</td><td class="nowrap">${toAt === null ? lasting(id, mayDeclare) : moment(toAt)}</td><td>${reason}</td></tr>`)}</tbody></table></div>`
}

function lasting(id: number, mayDeclare: boolean): Html {
  if (!mayDeclare) return html`còn gián đoạn`
  return html`<form method="post" action="${PAGE}/${id}/ket-thuc">còn gián đoạn <button class="button" type="submit">Đã trở lại</button></form>`
}
