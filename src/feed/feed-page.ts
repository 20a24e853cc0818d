import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Writer } from '../../db/group-commit.ts'
import { firstFeedDay } from '../../db/queries/feed-children.ts'
import { mayEnter } from '../accounts/guard.ts'
import type { Deps } from '../deps.ts'
import { localDayOf } from '../domain/calendar/day.ts'
import { actorOf } from '../web/actor.ts'
import { EMPTY_FORM, type FormState, orRefused, typedIn } from '../web/forms.ts'
import type { Show } from '../web/layout.ts'
import { addChild, removeChild } from './children.ts'
import { feedBody, PATH } from './feed-views.ts'
import { feedStanding, lastPeriods } from './standing.ts'

export interface FeedDoor {
  readonly deps: Deps
  readonly writer: Writer
  readonly show: Show
}

const WEEKS = 6
const MONTHS = 2

/** `/quan-tri/tuyen-duoi`: which installations feed this one, what has come of each and what has not. */
export function feedPage(app: FastifyInstance, { deps, writer, show }: FeedDoor): void {
  const page = (request: FastifyRequest, reply: FastifyReply, state: FormState) => {
    const now = deps.clock.now()
    const first = firstFeedDay(deps.db) ?? '9999-12-31'
    const periods = [
      ...lastPeriods(deps, now, 'week', WEEKS),
      ...lastPeriods(deps, now, 'month', MONTHS),
    ].filter(({ to }) => to >= first)
    const body = feedBody(
      periods,
      feedStanding(deps, periods),
      localDayOf(now),
      mayEnter(request.principal, 'children') ? state : null,
    )
    return show(reply, {
      title: 'Tuyến dưới',
      area: '/quan-tri',
      body,
      status: state.refusal === null ? 200 : 422,
    })
  }
  const done = async (request: FastifyRequest, reply: FastifyReply, work: () => void) => {
    const outcome = await orRefused(typedIn(request.body), () => writer.write(work))
    return 'state' in outcome ? page(request, reply, outcome.state) : reply.redirect(PATH, 303)
  }

  app.get(PATH, (request, reply) => page(request, reply, EMPTY_FORM))

  app.post(PATH, (request, reply) => {
    const { installation = '', label = '', key = '', since = '', units = '' } = typedIn(request.body)
    return done(request, reply, () =>
      addChild(deps, actorOf(request), {
        installation,
        label,
        publicKey: key,
        since,
        units: units.split(/[\s,;]+/).filter((unit) => unit !== ''),
      }),
    )
  })

  app.post<{ Params: { installation: string } }>(`${PATH}/:installation/ngung`, (request, reply) =>
    done(request, reply, () => removeChild(deps, actorOf(request), request.params.installation)),
  )
}
