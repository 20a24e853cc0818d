import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { postsOn } from '../accounts/posts.ts'
import { shopOf } from '../back-entry/shop-of.ts'
import { catalogueOf } from '../catalogue/catalogue.ts'
import { receivedProcedures } from '../catalogue/received-procedures.ts'
import { unitName } from '../catalogue/unit-choices.ts'
import type { Deps } from '../deps.ts'
import { type LocalDay, localDayOf } from '../domain/calendar/day.ts'
import type { PageOptions } from '../page-options.ts'
import { actorOf } from '../web/actor.ts'
import { EMPTY_FORM, type FormState, orRefused, type Typed, typedIn } from '../web/forms.ts'
import { html, NOTHING, when } from '../web/html.ts'
import type { Show } from '../web/layout.ts'
import { earlierDossiers } from './earlier-dossiers.ts'
import { atItsField } from './field-of.ts'
import { CHIPS, frequentOf } from './frequent-procedures.ts'
import { intakeForm } from './intake-form.ts'
import { justSaved } from './just-saved.ts'
import { knownFields } from './known-person.ts'
import { nextOfSitting } from './next-of-sitting.ts'
import { previewOf } from './preview.ts'
import { scanned } from './scanned.ts'
import { savedIntakeAt, sendIntake } from './send-intake.ts'
import { specimenAt } from './training-intake.ts'

export const INTAKE = '/ho-so/moi'

interface Query {
  readonly unit?: string
  /** Code of a dossier whose person hands in another one; in training the number of the training intake. */
  readonly luot?: string
  readonly 'tap-huan'?: string
}

/** `/ho-so/moi`: a dossier is taken in, on one page in the order of the paper form. */
export function intakePage(app: FastifyInstance, options: PageOptions, show: Show): void {
  const { deps } = options

  const page = (request: FastifyRequest, reply: FastifyReply, state: FormState) => {
    const today = localDayOf(deps.clock.now())
    const asked = state.typed['unit']
    const { shop, filter } = shopOf(deps, request, INTAKE, asked)
    const training = state.typed['training'] === '1'
    const isOwn = shop !== undefined && ownShops(deps, request, today).join() === String(shop.id)
    const choice = isOwn ? NOTHING : filter
    const head = html`<header class="page-head with-filter"><h1>Tiếp nhận hồ sơ</h1>${choice}</header>`
    if (shop === undefined) {
      const body = html`${head}<p class="notice">Hãy chọn nơi tiếp nhận ở trên.</p>`
      return show(reply, { title: 'Tiếp nhận hồ sơ', area: '/ho-so', body })
    }
    const received = receivedProcedures(catalogueOf(deps.db), shop, today)
    const filled = { ...state, typed: { ...state.typed, unit: shop.key } }
    const view = {
      state: filled,
      unit: shop,
      received,
      frequent: frequentOf(deps, shop, received, CHIPS),
      preview: previewOf(deps, actorOf(request), filled),
      training,
    }
    const query = `?unit=${shop.key}`
    const links = training
      ? html`<a href="${INTAKE}${query}">Thôi tập huấn</a>`
      : html`<a href="${INTAKE}${query}&tap-huan=1">Tập huấn</a>`
    const body = html`${when(training, () => TRAINING)}<header class="intake-head"><h1>Tiếp nhận hồ sơ</h1><p class="scan-say" role="status" hidden></p><p class="intake-hint"><span>${unitName(shop, today)}. Quét thẻ hoặc mã, con trỏ ở đâu cũng được.</span><span class="intake-links"><a href="${INTAKE}/the-thu-tuc${query}">Thẻ thủ tục để quét</a>${links}</span></p>${choice}</header>
${justSaved(deps, actorOf(request), filled.typed)}
${intakeForm(view)}`
    const status = state.refusal === null ? 200 : 422
    return show(reply, {
      title: state.refusal === null ? 'Tiếp nhận hồ sơ' : 'Lỗi: Tiếp nhận hồ sơ',
      area: '/ho-so',
      status,
      body,
    })
  }

  /** The person of the dossier saved last, and that dossier, where it is the asker's own of today. */
  const nextIntake = async (request: FastifyRequest, saved: string, trains: boolean): Promise<Typed> => {
    const actor = actorOf(request)
    const next = trains ? specimenAt(deps, actor, saved).next : await nextOfSitting(options, actor, saved)
    return next?.['name'] === undefined ? {} : { ...next, saved }
  }

  app.get<{ Querystring: Query }>(INTAKE, async (request, reply) => {
    const { unit, luot, 'tap-huan': training } = request.query
    const next = luot === undefined ? {} : await nextIntake(request, luot, training === '1')
    const typed = { ...next, ...(unit && { unit }), ...(training === '1' && { training }) }
    return page(request, reply, { ...EMPTY_FORM, typed })
  })

  app.post(INTAKE, async (request, reply) => {
    const typed = typedIn(request.body)
    const { pick } = typed
    if (pick) return page(request, reply, { ...EMPTY_FORM, typed: { ...typed, procedure: pick } })
    if (typed['do'] === 'compute') return page(request, reply, { ...EMPTY_FORM, typed })
    if (typed['do'] === 'fill') {
      const known = knownFields(deps, earlierDossiers(deps, actorOf(request), typed))
      return page(request, reply, { ...EMPTY_FORM, typed: { ...typed, ...known } })
    }
    const outcome = await orRefused(typed, () => sendIntake(options, request, reply, typed), savedIntakeAt)
    return 'done' in outcome ? reply : page(request, reply, atItsField(outcome.state))
  })

  app.post(`${INTAKE}/xem`, (request) => {
    const preview = previewOf(deps, actorOf(request), { ...EMPTY_FORM, typed: typedIn(request.body) })
    const { due, papers, radar, person, missing, procedure, fee, atOnce } = preview
    const drawn = { due: `${due}`, papers: `${papers}`, radar: `${radar}`, person: `${person}` }
    return { ...drawn, missing: `${missing}`, procedure, fee, atOnce }
  })

  app.post(`${INTAKE}/quet`, (request) => scanned(deps, actorOf(request), typedIn(request.body)))
}

const TRAINING = html`<p class="training-banner"><strong>TẬP HUẤN</strong> Mọi bước như thật, nhưng không có gì vào sổ, không có mã hồ sơ, không tính vào báo cáo.</p>`

/** Ids of the units in which the asker holds a post today. */
function ownShops({ db }: Deps, request: FastifyRequest, today: LocalDay): readonly number[] {
  const { officerId } = actorOf(request)
  const posts = officerId === null ? [] : postsOn(catalogueOf(db), officerId, today)
  return [...new Set(posts.map(({ unitId }) => unitId))]
}
