import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { StoredDossier } from '../../db/queries/dossiers.ts'
import { catalogueOf } from '../catalogue/catalogue.ts'
import { localDayOf } from '../domain/calendar/day.ts'
import { dossierAt } from '../dossiers/dossier-at.ts'
import { dossierHref } from '../dossiers/dossier-table.ts'
import type { PageOptions } from '../page-options.ts'
import { actorOf } from '../web/actor.ts'
import { emptyNotice } from '../web/error-page.ts'
import { EMPTY_FORM, type FormState, formView, orRefused, typedIn } from '../web/forms.ts'
import { type Html, html, when } from '../web/html.ts'
import type { Show } from '../web/layout.ts'
import { correctFields, rightTyped, saidIn } from './correct-form.ts'
import { type Effect, effectOf } from './effect.ts'
import { changesView, periodsView } from './effect-view.ts'
import { enterFromForm } from './enter-from-form.ts'
import type { Entry } from './entry.ts'

interface Route {
  readonly Params: { readonly code: string }
}

/** `/ho-so/:code/dinh-chinh`: what was wrong at intake, and what it changes, shown before it is saved. */
export function correctPage(app: FastifyInstance, options: PageOptions, show: Show): void {
  const { deps, writer } = options
  const page = (
    reply: FastifyReply,
    dossier: StoredDossier,
    state: FormState,
    effect: Effect | null = null,
  ) => {
    const status = state.refusal === null ? 200 : 422
    const title = `Đính chính ${dossier.code ?? ''}`
    const body = html`<header class="page-head"><p class="page-kicker"><a href="${dossierHref(dossier)}">${dossier.code ?? 'Hồ sơ'}</a></p><h1>Đính chính từ khi tiếp nhận</h1>
<p class="lead">Sửa điểm đã ghi sai; hồ sơ trở thành như thể đã tiếp nhận đúng từ đầu. Mã hồ sơ giữ nguyên; hạn trả được tính lại, hạn hẹn lúc tiếp nhận vẫn còn trong diễn biến.</p></header>
${dossier.acceptedAt === null ? NOT_ACCEPTED : formOf(dossier, state, effect)}`
    return show(reply, { title, area: '/ho-so', status, body })
  }
  const formOf = (dossier: StoredDossier, state: FormState, effect: Effect | null): Html => {
    const catalogue = catalogueOf(deps.db)
    const today = localDayOf(deps.clock.now())
    const seen = effect === null ? '' : saidIn(state.typed)
    const fields = html`${correctFields(catalogue, dossier, state, today)}
<input type="hidden" name="seen" value="${seen}">
${when(effect, ({ after, periods }) => html`<section class="preview" role="status"><h2>Nếu đính chính như trên</h2>${changesView(catalogue, dossier, after)}<h3>Kỳ đã chốt</h3>${periodsView(catalogue, periods)}</section>`)}`
    return formView({
      action: `${dossierHref(dossier)}/dinh-chinh`,
      state,
      fields,
      submit: effect === null ? 'Xem ảnh hưởng' : 'Đính chính',
      beside: html`<a href="${dossierHref(dossier)}">Thôi</a>`,
    })
  }
  app.get<Route>('/ho-so/:code/dinh-chinh', (request, reply) =>
    page(reply, dossierAt(deps, actorOf(request), request.params.code), EMPTY_FORM),
  )
  app.post<Route>('/ho-so/:code/dinh-chinh', async (request: FastifyRequest<Route>, reply) => {
    const typed = typedIn(request.body)
    const dossier = dossierAt(deps, actorOf(request), request.params.code)
    const entry = (): Entry => ({
      kind: 'correction',
      which: dossier.id,
      request: rightTyped(catalogueOf(deps.db), dossier, typed),
    })
    if (typed['seen'] !== saidIn(typed)) {
      const looked = await orRefused(typed, () => {
        const actor = actorOf(request)
        return writer.write(() => effectOf(deps, { ...actor, leave: 'approved' }, entry()))
      })
      if ('state' in looked) return page(reply, dossier, looked.state)
      return page(reply, dossier, { typed, refusal: null }, looked.done)
    }
    const outcome = await enterFromForm(options, request, typed, entry)
    return 'state' in outcome
      ? page(reply, dossier, outcome.state)
      : reply.redirect(dossierHref(dossier), 303)
  })
}

const NOT_ACCEPTED = emptyNotice(
  'Hồ sơ chưa được tiếp nhận',
  'Chỉ hồ sơ đã tiếp nhận mới cần đính chính; thông tin khác sửa bằng “Sửa thông tin”.',
)
