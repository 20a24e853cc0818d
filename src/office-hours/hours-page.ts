import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { mayEnter } from '../accounts/guard.ts'
import { catalogueOf } from '../catalogue/catalogue.ts'
import { RuleError } from '../domain/refusals.ts'
import type { PageOptions } from '../page-options.ts'
import { actorOf } from '../web/actor.ts'
import { EMPTY_FORM, type FormState, onceKeyOf, orRefused, type Typed, typedIn } from '../web/forms.ts'
import { once } from '../web/idempotency.ts'
import type { Show } from '../web/layout.ts'
import { addHours, hoursEffect, type NewHours } from './add-hours.ts'
import { HOURS_HREF, hoursBody, hoursEffectBody } from './hours-views.ts'
import { weekTyped } from './typed-hours.ts'

/** `/quan-tri/gio-lam-viec`: the hours of all units and of single ones; others from a day on, looked at before they are recorded. */
export function hoursPage(app: FastifyInstance, { deps, writer }: PageOptions, show: Show): void {
  const page = (request: FastifyRequest, reply: FastifyReply, state: FormState) => {
    const form = mayEnter(request.principal, 'catalogue_write') ? state : null
    const status = state.refusal === null ? 200 : 422
    return show(reply, { title: 'Giờ làm việc', area: '/quan-tri', status, body: hoursBody(deps, form) })
  }

  app.get(HOURS_HREF, (request, reply) => page(request, reply, EMPTY_FORM))

  app.post(HOURS_HREF, async (request, reply) => {
    const typed = typedIn(request.body)
    if (typed['do'] === 'edit') return page(request, reply, { typed, refusal: null })
    if (typed['do'] === 'record') {
      const recorded = await record(request, typed)
      return 'state' in recorded ? page(request, reply, recorded.state) : reply.redirect(HOURS_HREF, 303)
    }
    const previewed = await orRefused(typed, () => {
      const hours = hoursTyped(typed)
      return { hours, effect: hoursEffect(deps, hours) }
    })
    if ('state' in previewed) return page(request, reply, previewed.state)
    const body = hoursEffectBody(deps, { ...previewed.done, state: { typed, refusal: null } })
    return show(reply, { title: 'Xem trước giờ làm việc', area: '/quan-tri', body })
  })

  /** A second click finds them recorded. */
  function record(request: FastifyRequest, typed: Typed) {
    const actor = actorOf(request)
    const work = () => ({ id: addHours(deps, actor, hoursTyped(typed)) })
    const content = Object.fromEntries(Object.entries(typed).filter(([name]) => name !== 'once'))
    const repeatable = { actor, operation: 'add_office_hours', content, key: onceKeyOf(typed) }
    return orRefused(typed, () => writer.write(() => once(deps, repeatable, work, (id) => ({ id }))))
  }

  function hoursTyped(typed: Typed): NewHours {
    const { unit = '', from = '' } = typed
    const found = catalogueOf(deps.db).unitByKey.get(unit)
    if (unit !== '' && found === undefined) throw new RuleError('unknown_unit', { unit })
    return { unitId: found?.id ?? null, from, ...weekTyped(typed, from) }
  }
}
