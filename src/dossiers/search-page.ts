import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { dossierRowsById } from '../../db/queries/dossier-rows.ts'
import { findDossierByCode } from '../../db/queries/dossiers.ts'
import { mustSee } from '../accounts/seen-units.ts'
import { catalogueOf } from '../catalogue/catalogue.ts'
import type { Deps } from '../deps.ts'
import { localDayOf } from '../domain/calendar/day.ts'
import type { PageOptions } from '../page-options.ts'
import { actorOf } from '../web/actor.ts'
import { emptyNotice } from '../web/error-page.ts'
import { typedIn } from '../web/forms.ts'
import { html, when } from '../web/html.ts'
import type { Show } from '../web/layout.ts'
import { dossierHref, dossierTable } from './dossier-table.ts'
import { maskedNumber } from './masked-person.ts'
import { searchDossiers } from './search-dossiers.ts'
import { askedIn, holdsNumber } from './search-words.ts'
import { showQueue } from './show-queue.ts'
import { dossierOfSlip } from './slip-numbers.ts'
import { suggestions } from './suggestions-view.ts'
import type { QueueParams } from './work-queue-query.ts'

export const BY_FIELD = '/ho-so/tim'
const MOST_SHOWN = 50
const MOST_SUGGESTED = 8

/**
 * `/ho-so?q=…`: finds dossiers; without a question it is the list of all of them. The field sends to `/ho-so/tim`, which
 * leads there, but answers itself what holds a whole ID or phone number: that stands in no address. `/tim` answers while
 * one types.
 */
export function searchPage(app: FastifyInstance, { deps }: PageOptions, show: Show): void {
  app.get<{ Querystring: QueueParams }>('/ho-so', (request, reply) => {
    const q = request.query['q']?.trim() ?? ''
    if (q === '') return showQueue({ deps, show }, request, reply)
    return holdsNumber(q) ? reply.redirect(BY_FIELD, 303) : showFound(deps, show, request, reply, q)
  })
  app.get(BY_FIELD, (_request, reply) =>
    show(reply, { title: 'Tìm hồ sơ', area: '/ho-so', body: TYPE_AGAIN }),
  )
  app.post(BY_FIELD, (request, reply) => {
    const q = askedIn(typedIn(request.body)['q'] ?? '')
    if (holdsNumber(q)) return showFound(deps, show, request, reply, q)
    return reply.redirect(q === '' ? '/ho-so' : `/ho-so?${new URLSearchParams({ q })}`, 303)
  })
  app.post('/tim', (request, reply) => {
    const q = typedIn(request.body)['q'] ?? ''
    const ids = searchDossiers(deps, actorOf(request), { q, limit: MOST_SUGGESTED })
    const body = suggestions(dossierRowsById(deps.db, ids), q, {
      catalogue: catalogueOf(deps.db),
      today: localDayOf(deps.clock.now()),
    })
    return reply.type('text/html; charset=utf-8').send(String(body))
  })
}

const TYPE_AGAIN = html`<header class="page-head"><h1>Tìm hồ sơ</h1></header>
${emptyNotice(
  'Hãy gõ vào ô tìm ở trên',
  'Số định danh và số điện thoại không để trong địa chỉ của trang: mỗi lần tìm phải gõ hoặc quét lại.',
)}`

function showFound(deps: Deps, show: Show, request: FastifyRequest, reply: FastifyReply, q: string) {
  const actor = actorOf(request)
  const exact = findDossierByCode(deps.db, q.toUpperCase()) ?? dossierOfSlip(deps.db, q)
  if (exact !== null) {
    mustSee(deps, actor, exact)
    return reply.redirect(dossierHref(exact), 303)
  }
  const found = dossierRowsById(deps.db, searchDossiers(deps, actor, { q, limit: MOST_SHOWN + 1 }))
  const [only] = found
  if (found.length === 1 && only !== undefined) return reply.redirect(dossierHref(only), 303)
  const rows = found.slice(0, MOST_SHOWN)
  const note =
    found.length > MOST_SHOWN ? `${MOST_SHOWN} hồ sơ đầu; gõ thêm để thu hẹp.` : `${rows.length} hồ sơ.`
  const isNumber = holdsNumber(q)
  const asked = isNumber ? maskedNumber(q) : q
  const nothing = emptyNotice(
    'Không tìm thấy hồ sơ nào',
    'Gõ họ tên người nộp (có dấu hay không, thứ tự nào cũng được), một phần mã hồ sơ như 230306-0001, cả số định danh, số điện thoại, hoặc bốn số cuối. Chỉ tìm trong hồ sơ ông/bà được xem.',
    html`<p class="notice-links"><a href="/viec">Xem danh sách việc</a></p>`,
  )
  const body = html`<header class="page-head"><h1>Tìm “${asked}”</h1>${when(rows.length > 0, () => html`<p class="page-kicker">${note}</p>`)}</header>
${rows.length === 0 ? nothing : dossierTable(rows, { catalogue: catalogueOf(deps.db), today: localDayOf(deps.clock.now()), caption: `Hồ sơ tìm thấy với “${asked}”`, keys: true })}`
  return show(reply, { title: `Tìm “${asked}”`, area: '/ho-so', body, search: isNumber ? '' : q })
}
