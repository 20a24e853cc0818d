import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { catalogueOf, type Procedure, versionBy } from '../catalogue/catalogue.ts'
import { localDayOf, parseDay } from '../domain/calendar/day.ts'
import { RuleError } from '../domain/refusals.ts'
import type { PageOptions } from '../page-options.ts'
import { actorOf } from '../web/actor.ts'
import { type FormState, onceKeyOf, orRefused, type Typed, typedIn } from '../web/forms.ts'
import { once } from '../web/idempotency.ts'
import type { Show } from '../web/layout.ts'
import { addVersion, knownProcedure } from './add-version.ts'
import { checkedFacts } from './checked-facts.ts'
import { factsOf, type VersionFacts } from './facts.ts'
import { PROCEDURES_HREF } from './procedure-list-view.ts'
import { COLUMN_OF, PROCEDURE_COLUMNS } from './sheet-columns.ts'
import { versionEffect } from './version-effect.ts'
import { versionEffectBody, versionFormBody } from './version-form.ts'

interface One {
  readonly Params: { readonly code: string }
}

/**
 * `/quan-tri/thu-tuc/1.004873/phien-ban`: a version is typed, what it means is looked at, then it is recorded. Every step
 * sends all that was typed.
 */
export function versionPage(app: FastifyInstance, { deps, writer }: PageOptions, show: Show): void {
  const path = `${PROCEDURES_HREF}/:code/phien-ban`

  const form = (reply: FastifyReply, procedure: Procedure, state: FormState) => {
    const today = localDayOf(deps.clock.now())
    const model = versionBy(procedure.versions, today)
    const body = versionFormBody(procedure, {
      model: model === undefined ? null : factsOf(model),
      today,
      state,
    })
    const status = state.refusal === null ? 200 : 422
    return show(reply, { title: 'Ghi phiên bản thủ tục', area: '/quan-tri', status, body })
  }

  app.get<One>(path, (request, reply) =>
    form(reply, knownProcedure(deps, request.params.code), { typed: {}, refusal: null }),
  )

  app.post<One>(path, async (request, reply) => {
    const { code } = request.params
    const procedure = knownProcedure(deps, code)
    const typed = typedIn(request.body)
    if (typed['do'] === 'edit') return form(reply, procedure, { typed, refusal: null })
    const recorded = typed['do'] === 'record' ? await record(request, procedure, typed) : null
    if (recorded !== null && 'done' in recorded)
      return reply.redirect(`${PROCEDURES_HREF}/${encodeURIComponent(code)}`, 303)
    const refusal = recorded?.state.refusal ?? null
    const previewed = await orRefused(typed, () => {
      const input = inputOf(procedure, typed)
      return { input, effect: versionEffect(deps, procedure, input) }
    })
    if ('state' in previewed) return form(reply, procedure, previewed.state)
    const body = versionEffectBody(procedure, { ...previewed.done, state: { typed, refusal } })
    const status = refusal === null ? 200 : 422
    return show(reply, { title: 'Xem trước phiên bản', area: '/quan-tri', status, body })
  })

  /** A second click finds it recorded. */
  function record(request: FastifyRequest, procedure: Procedure, typed: Typed) {
    const actor = actorOf(request)
    const { code } = procedure
    const work = () => ({ id: addVersion(deps, actor, code, inputOf(procedure, typed)) })
    const content = Object.fromEntries(Object.entries(typed).filter(([name]) => name !== 'once'))
    const repeatable = {
      actor,
      operation: 'add_procedure_version',
      content: { code, typed: content },
      key: onceKeyOf(typed),
    }
    return orRefused(typed, () => writer.write(() => once(deps, repeatable, work, (id) => ({ id }))))
  }

  /** Throws `invalid_day`, `invalid_version_field` for the first field that cannot be read. */
  function inputOf(procedure: Procedure, typed: Typed) {
    const from = parseDay(typed['from'] ?? '')
    const before = procedure.versions.findLast(({ validFrom }) => validFrom < from)
    const cell = (fact: keyof VersionFacts) => typed[COLUMN_OF[fact]]
    const read = checkedFacts(catalogueOf(deps.db), cell, before === undefined ? null : factsOf(before))
    if ('facts' in read) return { from, facts: read.facts }
    const [{ fact, text, expected }] = read.problems as [(typeof read.problems)[number]]
    const field = PROCEDURE_COLUMNS[COLUMN_OF[fact]].label
    throw new RuleError('invalid_version_field', { field, value: text.slice(0, 80), expected })
  }
}
