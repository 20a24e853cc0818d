import type { FastifyInstance, FastifyRequest } from 'fastify'
import { type Catalogue, catalogueOf, versionBy, versionOn } from './catalogue/catalogue.ts'
import type { Deps } from './deps.ts'
import { type LocalDay, localDayOf } from './domain/calendar/day.ts'
import { actorOf } from './web/actor.ts'
import { choiceField, EMPTY_FORM, formView, type Option, orRefused, typedIn } from './web/forms.ts'
import { html } from './web/html.ts'
import type { Show } from './web/layout.ts'
import { OFFICER_COOKIE, officerKeyOf } from './web/page-actor.ts'

const COOKIE = { path: '/', httpOnly: true, sameSite: 'strict', maxAge: 30 * 24 * 60 * 60 } as const

/** `/toi-la`: until there are accounts, who sits at this browser says so; forms are then sent in that name. */
export function officerPage(app: FastifyInstance, deps: Deps, show: Show): void {
  const page = (request: FastifyRequest, state = EMPTY_FORM) => {
    const officers = officerOptions(catalogueOf(deps.db), localDayOf(deps.clock.now()))
    const fields = choiceField(state, {
      name: 'officer',
      label: 'Cán bộ',
      options: officers,
      blank: 'Người vận hành (không phải cán bộ nào)',
      value: officerKeyOf(request) ?? '',
      hint: 'Việc làm trên các trang được ghi dưới tên này.',
    })
    const body = html`<header class="page-head"><h1>Ai đang làm việc ở máy này</h1></header>
${formView({ action: '/toi-la', state, fields, submit: 'Ghi nhận' })}`
    return { title: 'Tôi là', area: '/quan-tri', body, status: state.refusal === null ? 200 : 422 }
  }
  app.get('/toi-la', (request, reply) => show(reply, page(request)))
  app.post('/toi-la', async (request, reply) => {
    const typed = typedIn(request.body)
    const key = typed['officer'] ?? ''
    const outcome = await orRefused(typed, () => actorOf(deps, key))
    if ('state' in outcome) return show(reply, page(request, outcome.state))
    if (key === '') reply.clearCookie(OFFICER_COOKIE, COOKIE)
    else reply.setCookie(OFFICER_COOKIE, key, COOKIE)
    return reply.redirect('/', 303)
  })
}

/** Who holds a post today, with the unit, in alphabetical order of the units. */
function officerOptions(catalogue: Catalogue, day: LocalDay): readonly Option[] {
  return catalogue.officers
    .flatMap((officer) => {
      const post = versionOn(officer.memberships, day)
      if (post === undefined) return []
      const unit = catalogue.unitById.get(post.unitId)
      const name = unit && versionBy(unit.versions, day)?.shortName
      return [{ value: officer.key, label: `${name} · ${officer.name}, ${post.title}` }]
    })
    .sort((a, b) => a.label.localeCompare(b.label, 'vi'))
}

/** The name shown on every page, or null while nobody has said so. */
export function officerNameOf({ db }: Pick<Deps, 'db'>, request: FastifyRequest): string | null {
  const key = officerKeyOf(request)
  return key === undefined ? null : (catalogueOf(db).officerByKey.get(key)?.name ?? null)
}
