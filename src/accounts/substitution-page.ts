import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { catalogueOf, type Officer } from '../catalogue/catalogue.ts'
import type { Actor, Deps } from '../deps.ts'
import { localDayOf, parseDay } from '../domain/calendar/day.ts'
import { RuleError } from '../domain/refusals.ts'
import type { PageOptions } from '../page-options.ts'
import { actorOf } from '../web/actor.ts'
import { EMPTY_FORM, type FormState, onceKeyOf, orRefused, typedIn } from '../web/forms.ts'
import { html } from '../web/html.ts'
import { once } from '../web/idempotency.ts'
import type { Show } from '../web/layout.ts'
import { may } from './access.ts'
import { endSubstitution } from './end-substitution.ts'
import { peopleOf } from './may-hand-over.ts'
import { heldOn } from './posts.ts'
import { recordSubstitution } from './record-substitution.ts'
import { seenSubstitutions } from './seen-substitutions.ts'
import { absentChoice, substitutionForm, substitutionTable } from './substitution-views.ts'

const PAGE = '/uy-quyen'

interface Route {
  readonly Params: { readonly id: string }
  /** Key of the officer who will be absent; left out: oneself. */
  readonly Querystring: { readonly vang?: string }
}

/** `/uy-quyen`: who stands in for whom, and handing over one's posts, or those of one's people, for some days. */
export function substitutionPage(app: FastifyInstance, { deps, writer }: PageOptions, show: Show): void {
  const page = (request: FastifyRequest, reply: FastifyReply, vang: string | undefined, state: FormState) => {
    const actor = actorOf(request)
    const others = peopleToHandOver(deps, actor)
    const own = catalogueOf(deps.db).officerById.get(actor.officerId ?? 0)
    const absent = vang ? others.find(({ key }) => key === vang) : own
    const body = html`<header class="page-head"><h1>Uỷ quyền khi vắng mặt</h1>
<p class="lead">Trong những ngày đã ghi, người thay làm được mọi việc của người vắng tại đơn vị; mỗi việc ghi rõ ai làm thay ai. Người vắng vẫn giữ nguyên quyền của mình. Vai trò quản trị và kiểm tra không uỷ quyền được.</p></header>
<section><h2>Ghi uỷ quyền</h2>${absentChoice(PAGE, { own, others, absent })}${substitutionForm(deps, { action: PAGE, absent, isOwn: absent === own, state })}</section>
<section><h2>Đã ghi</h2>${substitutionTable(deps, PAGE, actor, seenSubstitutions(deps, actor))}</section>`
    const status = state.refusal === null ? 200 : 422
    return show(reply, { title: 'Uỷ quyền', area: '', body, status })
  }
  app.get<Route>(PAGE, (request, reply) => page(request, reply, request.query.vang, EMPTY_FORM))
  app.post(PAGE, async (request, reply) => {
    const typed = typedIn(request.body)
    const { absent = '', substitute = '', from = '', to = '', reason = '' } = typed
    const actor = actorOf(request)
    const content = { absent, substitute, from, to, reason }
    const repeatable = { actor, operation: 'record_substitution', content, key: onceKeyOf(typed) }
    const outcome = await orRefused(typed, () =>
      writer.write(() =>
        once(
          deps,
          repeatable,
          () => ({
            id: recordSubstitution(deps, actor, { ...content, from: parseDay(from), to: parseDay(to) }),
          }),
          (id) => ({ id }),
        ),
      ),
    )
    if (!('state' in outcome)) return reply.redirect(PAGE, 303)
    const isOwn = catalogueOf(deps.db).officerByKey.get(absent)?.id === actor.officerId
    return page(request, reply, isOwn ? undefined : absent, outcome.state)
  })
  app.post<Route>(`${PAGE}/:id/ket-thuc`, async (request, reply) => {
    const actor = actorOf(request)
    const outcome = await orRefused({}, () =>
      writer.write(() => endSubstitution(deps, actor, numberOf(request.params.id))),
    )
    return 'state' in outcome ? page(request, reply, undefined, outcome.state) : reply.redirect(PAGE, 303)
  })
}

/** Others whose posts this person may hand over, by name. */
function peopleToHandOver({ db, clock }: Deps, actor: Actor): readonly Officer[] {
  const catalogue = catalogueOf(db)
  const today = localDayOf(clock.now())
  const led = new Set(peopleOf(catalogue, actor, today))
  return catalogue.officers
    .filter(({ id }) => id !== actor.officerId && (led.has(id) || may(actor, 'accounts')))
    .filter(({ id }) => heldOn(catalogue, id, today).some(({ role }) => role !== 'client'))
    .toSorted((a, b) => a.name.localeCompare(b.name, 'vi'))
}

function numberOf(text: string): number {
  if (!/^[1-9]\d{0,14}$/.test(text)) throw new RuleError('unknown_substitution', { substitution: text })
  return Number(text)
}
