import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { openByVersion } from '../../db/queries/procedure-versions.ts'
import { mayEnter } from '../accounts/guard.ts'
import { catalogueOf } from '../catalogue/catalogue.ts'
import { localDayOf } from '../domain/calendar/day.ts'
import { RuleError } from '../domain/refusals.ts'
import type { PageOptions } from '../page-options.ts'
import { actorOf } from '../web/actor.ts'
import { type FormState, orRefused, typedIn } from '../web/forms.ts'
import type { Show } from '../web/layout.ts'
import { knownProcedure } from './add-version.ts'
import { PROCEDURES_HREF } from './procedure-list-view.ts'
import { procedureBody } from './procedure-view.ts'
import { verifyFacts } from './verify-facts.ts'

interface One {
  readonly Params: { readonly code: string }
}
interface OneVersion {
  readonly Params: { readonly code: string; readonly id: string }
}

/** `/quan-tri/thu-tuc/1.004873`: one procedure with its versions; facts nobody has verified are verified here. */
export function procedurePage(app: FastifyInstance, { deps, writer }: PageOptions, show: Show): void {
  const page = (
    request: FastifyRequest,
    reply: FastifyReply,
    code: string,
    refused: { readonly version: number; readonly state: FormState } | null,
  ) => {
    const procedure = knownProcedure(deps, code)
    const body = procedureBody({
      catalogue: catalogueOf(deps.db),
      procedure,
      today: localDayOf(deps.clock.now()),
      open: openByVersion(deps.db, procedure.id),
      mayChange: mayEnter(request.principal, 'catalogue_write'),
      refused,
    })
    const status = refused === null ? 200 : 422
    return show(reply, { title: procedure.name, area: '/quan-tri', status, body })
  }

  app.get<One>(`${PROCEDURES_HREF}/:code`, (request, reply) =>
    page(request, reply, request.params.code, null),
  )

  app.post<OneVersion>(`${PROCEDURES_HREF}/:code/xac-minh/:id`, async (request, reply) => {
    const { code, id } = request.params
    const version = /^[1-9]\d{0,9}$/.test(id) ? Number(id) : 0
    if (version === 0) throw new RuleError('unknown_version', { procedure: code, version: id.slice(0, 20) })
    const typed = typedIn(request.body)
    const source = typed['source'] ?? ''
    const outcome = await orRefused(typed, () =>
      writer.write(() => verifyFacts(deps, actorOf(request), code, { version, source })),
    )
    if ('state' in outcome) return page(request, reply, code, { version, state: outcome.state })
    return reply.redirect(`${PROCEDURES_HREF}/${encodeURIComponent(code)}`, 303)
  })
}
