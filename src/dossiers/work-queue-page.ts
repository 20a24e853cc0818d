import type { FastifyInstance } from 'fastify'
import type { PageOptions } from '../page-options.ts'
import { actorOf } from '../web/actor.ts'
import { onceKeyOf, orRefused, refusalView, type Typed, typedIn } from '../web/forms.ts'
import { html } from '../web/html.ts'
import { once } from '../web/idempotency.ts'
import type { Show } from '../web/layout.ts'
import { actOnMany, type Chosen, type ManyAct, type Refused } from './act-on-many.ts'
import { dossierHref } from './dossier-table.ts'
import { bulkOutcome } from './queue-bulk-view.ts'
import { showQueue } from './show-queue.ts'
import { QUEUE_PAGE, type QueueParams } from './work-queue-query.ts'

/** `/viec`: what there is to do, by urgency, for a person and for their units. */
export function workQueuePage(app: FastifyInstance, { deps, writer }: PageOptions, show: Show): void {
  app.get<{ Querystring: QueueParams }>(QUEUE_PAGE, (request, reply) =>
    showQueue({ deps, show }, request, reply),
  )

  app.post<{ Querystring: QueueParams }>(QUEUE_PAGE, async (request, reply) => {
    const actor = actorOf(request)
    const typed = typedIn(request.body)
    const chosen = chosenIn(typed)
    const act: ManyAct = typed['act'] === 'transfer' ? 'transfer' : 'assign'
    const { assignee } = typed
    const content = { chosen, act, assignee }
    const outcome = await orRefused(typed, async () => {
      const repeatable = { actor, operation: `many_${act}`, content, key: onceKeyOf(typed) }
      const work = () => actOnMany(deps, actor, chosen, { act, assignee })
      return (await writer.write(() => once(deps, repeatable, work, (id) => ({ id, refused: [] })))).value
    })
    const state = { once: undefined, assignee }
    if ('state' in outcome) {
      const again = {
        ...state,
        once: onceKeyOf(outcome.state.typed),
        chosen,
        notice: refusalView(outcome.state),
      }
      return showQueue({ deps, show }, request, reply, { ...again, status: 422 })
    }
    const { id: done, refused } = outcome.done
    if (refused.length === 0)
      return reply.redirect(`${QUEUE_PAGE}?${askWith(request.query, `${act}.${done}`)}`, 303)
    const code = (one: Refused) =>
      html`<a class="code" href="${dossierHref(one)}">${one.code ?? 'chưa cấp mã'}</a>`
    const notice = bulkOutcome(act, done, refused, code)
    return showQueue({ deps, show }, request, reply, {
      ...state,
      chosen: refused,
      notice,
      status: done > 0 ? 200 : 422,
    })
  })
}

/** `d-<number>` of each box that is ticked, with the version its line showed. */
function chosenIn(typed: Typed): readonly Chosen[] {
  return Object.entries(typed).flatMap(([name, version]) => {
    const id = /^d-(\d{1,15})$/.exec(name)?.[1]
    return id === undefined ? [] : [{ id: Number(id), version: Number(version) }]
  })
}

function askWith(query: QueueParams, done: string): string {
  return new URLSearchParams({ ...(query as Record<string, string>), done }).toString()
}
