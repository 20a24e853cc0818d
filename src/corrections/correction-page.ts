import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { readSetting } from '../../db/queries/settings.ts'
import { mayEnter } from '../accounts/guard.ts'
import { catalogueOf } from '../catalogue/catalogue.ts'
import { SECOND_PERSON } from '../dossiers/act-context.ts'
import type { PageOptions } from '../page-options.ts'
import { actorOf } from '../web/actor.ts'
import { emptyNotice } from '../web/error-page.ts'
import { EMPTY_FORM, type FormState, orRefused, refusalView, typedIn } from '../web/forms.ts'
import { each, html, when } from '../web/html.ts'
import type { Show } from '../web/layout.ts'
import { correctionView } from './correction-views.ts'
import { approveCorrection, rejectCorrection } from './decide-correction.ts'
import { decidedTable, requestView } from './decide-view.ts'
import { decidedFor, decides, waitingFor } from './seen-corrections.ts'

const PAGE = '/quan-tri/dinh-chinh'
const WAYS = ['duyet', 'tu-choi'] as const

interface Route {
  readonly Params: { readonly id: string }
}

/** `/quan-tri/dinh-chinh`: what waits for somebody who may correct, and what was decided. */
export function correctionPage(app: FastifyInstance, { deps, writer }: PageOptions, show: Show): void {
  const page = async (
    request: FastifyRequest,
    reply: FastifyReply,
    refused?: { readonly id: number; readonly state: FormState },
  ) => {
    const catalogue = catalogueOf(deps.db)
    const actor = actorOf(request)
    // Each request is tried and undone, to show what it would change.
    const [waiting, decided] = await writer.write(() => [
      waitingFor(deps, actor).map((row) => correctionView(deps, row)),
      decidedFor(deps, actor).map((row) => correctionView(deps, row)),
    ])
    // What somebody else has decided meanwhile is in the list no more: its refusal stands over the list.
    const isShown = waiting.some(({ row }) => row.id === refused?.id)
    const gone = isShown ? null : refused?.state
    const stateOf = (id: number) => (refused?.id === id ? refused.state : EMPTY_FORM)
    const body = html`<header class="page-head"><h1>${waiting.length === 0 ? 'Không có đề nghị đính chính nào chờ duyệt' : `${waiting.length} đề nghị đính chính chờ duyệt`}</h1>
<p class="lead">Việc lùi vào kỳ đã chốt, hoặc lùi xa hơn một ngày làm việc, chờ ở đây; duyệt thì được làm đúng như đã gửi, với thời điểm thực và tên người gửi.</p></header>
${when(gone, refusalView)}
${waiting.length === 0 ? NOTHING_WAITS : html`<ol class="requests">${each(waiting, (view) => requestView(catalogue, view, decides(deps, actor, view.row) ? { state: stateOf(view.row.id), page: PAGE } : null))}</ol>`}
<section><h2>Đã quyết định trong 90 ngày</h2>${decidedTable(catalogue, decided)}</section>
<section><h2>Cách duyệt</h2><p>${readSetting(deps.db, SECOND_PERSON) === true ? 'Đính chính kỳ đã chốt luôn cần người thứ hai duyệt.' : 'Người đứng đầu tự đính chính được kỳ đã chốt, có ghi lý do và tên.'}${when(mayEnter(request.principal, 'correction_setting'), () => html` <a href="${PAGE}/cach-duyet">Đổi cách duyệt</a>`)}</p></section>`
    return show(reply, {
      title: 'Đính chính',
      area: '/quan-tri',
      body,
      status: refused === undefined ? 200 : 422,
    })
  }
  app.get(PAGE, (request, reply) => page(request, reply))
  for (const way of WAYS) {
    app.post<Route>(`${PAGE}/:id/${way}`, async (request: FastifyRequest<Route>, reply) => {
      const typed = typedIn(request.body)
      const id = Number(request.params.id)
      const note = typed[`note-${id}`] ?? ''
      const outcome = await orRefused(typed, () => {
        const actor = actorOf(request)
        return writer.write(() =>
          way === 'duyet'
            ? approveCorrection(deps, actor, id, note)
            : rejectCorrection(deps, actor, id, note),
        )
      })
      return 'state' in outcome
        ? page(request, reply, { id, state: outcome.state })
        : reply.redirect(PAGE, 303)
    })
  }
}

const NOTHING_WAITS = emptyNotice('Không có gì chờ', 'Đề nghị mới sẽ hiện ở đây và ở trang đầu.')
