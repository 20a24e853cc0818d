import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { outageAt } from '../../db/queries/outages.ts'
import { unitName } from '../catalogue/unit-choices.ts'
import { enterFromForm } from '../corrections/enter-from-form.ts'
import { localDayOf } from '../domain/calendar/day.ts'
import type { PageOptions } from '../page-options.ts'
import { EMPTY_FORM, type FormState, typedIn } from '../web/forms.ts'
import { html } from '../web/html.ts'
import type { Show } from '../web/layout.ts'
import { backEntryTabs } from './back-entry-tabs.ts'
import { enteredView } from './entered-view.ts'
import { intakeEntry } from './intake-entry.ts'
import { rowForm } from './row-form.ts'
import { shopOf } from './shop-of.ts'
import { typedRow } from './typed-row.ts'

const PAGE = '/nhap-bu'

interface Query {
  readonly unit?: string
  /** As typed in the row before: most slips of a batch share it. */
  readonly day?: string
}

/** `/nhap-bu`: what the counter wrote on slips while the system was away, a row after the other, by keyboard. */
export function backEntryPage(app: FastifyInstance, options: PageOptions, show: Show): void {
  const { deps } = options
  const page = (
    request: FastifyRequest,
    reply: FastifyReply,
    query: Query,
    state: FormState = EMPTY_FORM,
  ) => {
    const now = deps.clock.now()
    const today = localDayOf(now)
    const { shop, filter } = shopOf(deps, request, PAGE, query.unit)
    const outage = shop === undefined ? null : outageAt(deps.db, shop.id, now)
    const body = html`<header class="page-head with-filter"><h1>Nhập bù từ phiếu giấy</h1>${filter}</header>
<p class="lead">Mỗi phiếu một dòng, Enter sang ô kế, Enter ở ô cuối ghi dòng. Giờ nhận trên phiếu là giờ tiếp nhận: mã hồ sơ theo ngày ấy, hạn trả tính từ giờ ấy.</p>
${backEntryTabs(request, PAGE, shop?.key)}
${shop === undefined ? html`<p class="notice">Hãy chọn đơn vị tiếp nhận ở trên.</p>` : html`${outage === null ? html`` : html`<p class="muted row-note">${unitName(shop, today)} đang khai báo gián đoạn.</p>`}${rowForm(deps, shop, { ...query, state })}${enteredView(deps, shop)}`}`
    return show(reply, {
      title: 'Nhập bù',
      area: '/quan-tri',
      status: state.refusal === null ? 200 : 422,
      body,
    })
  }
  app.get<{ Querystring: Query }>(PAGE, (request, reply) => page(request, reply, request.query))
  app.post(PAGE, async (request, reply) => {
    const typed = typedIn(request.body)
    const { unit = '', day = '' } = typed
    const outcome = await enterFromForm(options, request, typed, () =>
      intakeEntry(deps, typedRow(typed, deps.clock.now()), typed['slip'] || undefined),
    )
    if ('state' in outcome) return page(request, reply, { unit, day }, outcome.state)
    return reply.redirect(`${PAGE}?${new URLSearchParams({ unit, day })}`, 303)
  })
}
