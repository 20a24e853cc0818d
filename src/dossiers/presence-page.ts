import type { FastifyInstance } from 'fastify'
import type { Deps } from '../deps.ts'
import { actorOf } from '../web/actor.ts'
import { dossierAt } from './dossier-at.ts'
import type { Presence } from './presence.ts'
import { presentNow } from './presence-view.ts'

/** `POST /ho-so/:code/dang-xem`: the beat of a page that is open; answers who else has it open. */
export function presencePage(app: FastifyInstance, deps: Deps, presence: Presence): void {
  app.post<{ Params: { code: string } }>('/ho-so/:code/dang-xem', (request, reply) => {
    const actor = actorOf(request)
    const dossier = dossierAt(deps, actor, request.params.code)
    return reply.send({ others: presentNow(deps, presence, actor, dossier) })
  })
}
