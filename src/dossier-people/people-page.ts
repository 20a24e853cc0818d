import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { StoredDossier } from '../../db/queries/dossiers.ts'
import { papersOf } from '../../db/queries/papers.ts'
import { eventsOf, textsOf } from '../../db/queries/timeline.ts'
import { catalogueOf, type Procedure, type ProcedureVersion } from '../catalogue/catalogue.ts'
import { localDayOf } from '../domain/calendar/day.ts'
import { RuleError } from '../domain/refusals.ts'
import { findDossier } from '../dossiers/act-on-dossier.ts'
import { STALE } from '../dossiers/act-page-view.ts'
import { conflictView } from '../dossiers/conflict-view.ts'
import { dossierAt } from '../dossiers/dossier-at.ts'
import { dossierHref } from '../dossiers/dossier-table.ts'
import { fullPerson } from '../dossiers/masked-person.ts'
import { shownPeople } from '../dossiers/shown-people.ts'
import { mustStandOn } from '../dossiers/standing-on.ts'
import { atItsField } from '../intake/field-of.ts'
import type { PageOptions } from '../page-options.ts'
import { actorOf } from '../web/actor.ts'
import { contentOf, type FormState, onceKeyOf, orRefused, typedIn } from '../web/forms.ts'
import { type Html, html, when } from '../web/html.ts'
import { once } from '../web/idempotency.ts'
import type { Show } from '../web/layout.ts'
import { amendPeople } from './amend-people.ts'
import { peopleForm } from './people-form.ts'
import { firstTyped, typedAmendment } from './typed-people.ts'

interface Route {
  readonly Params: { readonly code: string }
}

/**
 * `/ho-so/:code/nguoi-nop`: applicant, representative, papers and the way the result comes back, put right. For who
 * handles the dossier: it shows numbers in full, and the audit is told.
 */
export function amendPeoplePage(app: FastifyInstance, options: PageOptions, show: Show): void {
  const { deps, writer } = options

  const asked = (request: FastifyRequest<Route>) => {
    const actor = actorOf(request)
    const dossier = dossierAt(deps, actor, request.params.code)
    mustStandOn(deps, actor, 'dossiers_write', dossier)
    return { actor, dossier }
  }
  const lawOf = ({ procedureId, procedureVersionId }: StoredDossier) => {
    const catalogue = catalogueOf(deps.db)
    return {
      procedure: catalogue.procedureById.get(procedureId) as Procedure,
      version: catalogue.procedureVersionById.get(procedureVersionId) as ProcedureVersion,
    }
  }
  const standing = (dossier: StoredDossier) => ({
    applicant: fullPerson(deps, dossier.applicantId),
    proxy: fullPerson(deps, dossier.proxyId),
    papers: papersOf(deps.db, dossier.id),
    returnMode: dossier.returnMode,
  })
  const page = (reply: FastifyReply, dossier: StoredDossier, state: FormState) => {
    const seen = Number(state.typed['version'] ?? dossier.version)
    const isStale = seen !== dossier.version
    const shown = isStale ? overtaken(state, dossier) : state
    const form = peopleForm({ dossier, state: shown, ...lawOf(dossier) })
    const body = html`<header class="page-head"><p class="page-kicker"><a href="${dossierHref(dossier)}">${dossier.code ?? dossier.slipNumber ?? 'Hồ sơ'}</a></p><h1>Sửa người nộp, giấy tờ</h1>
<p class="lead">Ghi lại cho đúng với giấy tờ. Diễn biến ghi đã sửa mục nào; phiếu in sau đó là bản tiếp theo.</p></header>
${when(isStale, () => STALE)}
<div class="act-page"><div>${form}</div>${when(isStale, () => html`<div>${since(dossier, seen)}</div>`)}</div>`
    const status = isStale ? 412 : state.refusal === null ? 200 : 422
    return show(reply, { title: `Sửa người nộp ${dossier.code ?? ''}`, area: '/ho-so', status, body })
  }
  const since = (dossier: StoredDossier, seen: number): Html => {
    const { db, clock } = deps
    const [events, texts] = [eventsOf(db, dossier.id), textsOf(db, dossier.id)]
    const today = localDayOf(clock.now())
    return conflictView({ events, texts, catalogue: catalogueOf(db), seen, today })
  }

  app.get<Route>('/ho-so/:code/nguoi-nop', async (request, reply) => {
    const { actor, dossier } = asked(request)
    const { applicant } = await shownPeople(deps, writer, actor, dossier)
    if (applicant?.isErased) throw new RuleError('dossier_erased')
    const typed = firstTyped(standing(dossier), lawOf(dossier).version)
    return page(reply, dossier, { typed, refusal: null })
  })

  app.post<Route>('/ho-so/:code/nguoi-nop', async (request, reply) => {
    const { actor, dossier } = asked(request)
    const typed = typedIn(request.body)
    const content = { id: dossier.id, typed: contentOf(typed) }
    const repeatable = { actor, operation: 'amend_people', content, key: onceKeyOf(typed) }
    const thisYear = Number(localDayOf(deps.clock.now()).slice(0, 4))
    const outcome = await orRefused(typed, () => {
      const amendment = typedAmendment(typed, standing(dossier), lawOf(dossier).version, thisYear)
      const work = () => ({ id: amendPeople(deps, actor, dossier.id, amendment).id })
      return writer.write(() => once(deps, repeatable, work, (id) => ({ id })))
    })
    if ('state' in outcome) return page(reply, findDossier(deps, dossier.id), atItsField(outcome.state))
    return reply.redirect(`${dossierHref(dossier)}#nguoi-nop`, 303)
  })
}

/** The sentence stands above both columns; what is sent next is meant for the dossier as it is now. */
function overtaken(state: FormState, { version }: StoredDossier): FormState {
  return { typed: { ...state.typed, version: String(version) }, refusal: null }
}
