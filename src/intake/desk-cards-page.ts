import type { FastifyInstance } from 'fastify'
import { shopOf } from '../back-entry/shop-of.ts'
import { catalogueOf } from '../catalogue/catalogue.ts'
import { type ReceivedProcedure, receivedProcedures } from '../catalogue/received-procedures.ts'
import { unitName } from '../catalogue/unit-choices.ts'
import type { Deps } from '../deps.ts'
import { localDayOf } from '../domain/calendar/day.ts'
import { describeLimit, parseLimit } from '../domain/deadlines/time-limit.ts'
import { each, html, trusted } from '../web/html.ts'
import { icon } from '../web/icons.ts'
import type { Show } from '../web/layout.ts'
import { frequentOf } from './frequent-procedures.ts'
import { INTAKE } from './intake-page.ts'

/** Cards of one sheet: what a desk does most; the rest follows on further sheets. */
const MOST = 200

/** `/ho-so/moi/the-thu-tuc`: cards to print, cut and lay on the desk: a scan chooses the procedure. */
export function deskCardsPage(app: FastifyInstance, deps: Deps, show: Show): void {
  app.get<{ Querystring: { unit?: string } }>(`${INTAKE}/the-thu-tuc`, async (request, reply) => {
    const page = `${INTAKE}/the-thu-tuc`
    const { shop, filter } = shopOf(deps, request, page, request.query.unit)
    const { barsOf } = await import('../paper/paper-codes.ts')
    const today = localDayOf(deps.clock.now())
    const cards = shop === undefined ? [] : inOrder(deps, shop)
    const body = html`<header class="page-head with-filter"><h1>Thẻ thủ tục để quét</h1>${filter}</header>
<p class="lead cards-lead">${unitName(shop, today)}: thủ tục hay dùng trước. In ra, cắt rời và đặt ở bàn; quét thẻ nào là chọn thủ tục ấy. Bấm Ctrl P để in.</p>
<p class="cards-lead"><a href="${INTAKE}">${icon('left')} Về trang tiếp nhận</a></p>
<ul class="desk-cards">${each(cards, ({ procedure, version }) => html`<li><strong>${procedure.name}</strong><span class="desk-bars">${trusted(barsOf(procedure.code))}</span><span><span class="n">${procedure.code}</span> · ${describeLimit(parseLimit(version.limitText))}</span></li>`)}</ul>`
    return show(reply, { title: 'Thẻ thủ tục để quét', area: '/ho-so', body })
  })
}

function inOrder(deps: Deps, shop: Parameters<typeof frequentOf>[1]): readonly ReceivedProcedure[] {
  const received = receivedProcedures(catalogueOf(deps.db), shop, localDayOf(deps.clock.now()))
  const first = frequentOf(deps, shop, received, MOST)
  return [...first, ...received.filter((each) => !first.includes(each))]
}
