import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { PageOptions } from '../page-options.ts'
import { actorOf } from '../web/actor.ts'
import { emptyNotice } from '../web/error-page.ts'
import { EMPTY_FORM, type FormState, orRefused, refusalView, typedIn } from '../web/forms.ts'
import { html } from '../web/html.ts'
import type { Show } from '../web/layout.ts'
import { ownViews, raiseView, removeView, renameView, saveView } from './saved-views.ts'
import { SAVED_PAGE, savedViewsList } from './saved-views-view.ts'
import { askText, QUEUE_PAGE, readAsk } from './work-queue-query.ts'

interface Route {
  readonly Params: { readonly id: string }
}

/** `/viec/danh-sach`: the lists somebody keeps; each is theirs alone. */
export function savedViewsPage(app: FastifyInstance, { deps, writer }: PageOptions, show: Show): void {
  const page = (request: FastifyRequest, reply: FastifyReply, state: FormState = EMPTY_FORM) => {
    const views = ownViews(deps, actorOf(request))
    const body = html`<header class="page-head"><p class="page-kicker"><a href="${QUEUE_PAGE}">Việc của tôi</a></p><h1>Danh sách đã lưu</h1></header>
${refusalView(state)}
${views.length === 0 ? emptyNotice('Chưa lưu danh sách nào', 'Ở trang Việc của tôi, lọc như ý rồi mở “Danh sách đã lưu” để đặt tên.') : savedViewsList(views)}`
    const status = state.refusal === null ? 200 : 422
    return show(reply, { title: 'Danh sách đã lưu', area: '/ho-so', body, status })
  }

  app.get(SAVED_PAGE, (request, reply) => page(request, reply))

  app.post(SAVED_PAGE, async (request, reply) => {
    const typed = typedIn(request.body)
    const given = Object.fromEntries(new URLSearchParams(typed['query'] ?? ''))
    const query = askText({ ...readAsk(given, 'all'), after: undefined })
    const saved = await orRefused(typed, () =>
      writer.write(() => saveView(deps, actorOf(request), { name: typed['name'] ?? '', query })),
    )
    return 'state' in saved
      ? page(request, reply, saved.state)
      : reply.redirect(`${QUEUE_PAGE}?${query}`, 303)
  })

  const change = (path: string, work: (request: FastifyRequest<Route>, id: number) => void) =>
    app.post<Route>(`${SAVED_PAGE}/:id/${path}`, async (request, reply) => {
      const id = Number(request.params.id)
      const done = await orRefused({}, () => writer.write(() => work(request, id)))
      return 'state' in done ? page(request, reply, done.state) : reply.redirect(SAVED_PAGE, 303)
    })
  change('ten', (request, id) => renameView(deps, actorOf(request), id, typedIn(request.body)['name'] ?? ''))
  change('len', (request, id) => raiseView(deps, actorOf(request), id))
  change('xoa', (request, id) => removeView(deps, actorOf(request), id))
}
