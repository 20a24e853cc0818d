import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { StoredDossier } from '../../db/queries/dossiers.ts'
import { papersOf } from '../../db/queries/papers.ts'
import { eventsOf, textsOf } from '../../db/queries/timeline.ts'
import { catalogueOf, type ProcedureVersion } from '../catalogue/catalogue.ts'
import { enterFromForm } from '../corrections/enter-from-form.ts'
import type { Entry } from '../corrections/entry.ts'
import type { Actor } from '../deps.ts'
import { localDayOf } from '../domain/calendar/day.ts'
import { PLAIN_ACTS, type PlainAct, TRANSITIONS } from '../domain/life-cycle/life-cycle.ts'
import type { PageOptions } from '../page-options.ts'
import { actorOf } from '../web/actor.ts'
import { EMPTY_FORM, type FormState, typedIn } from '../web/forms.ts'
import type { Show } from '../web/layout.ts'
import { actEffect } from './act-effect.ts'
import { type ActFormView, firstTyped } from './act-form.ts'
import { actBody } from './act-page-view.ts'
import { typedAct } from './act-typed.ts'
import { checklist } from './checklist.ts'
import { dossierAt } from './dossier-at.ts'
import { dossierHref } from './dossier-table.ts'
import { maskedPerson } from './masked-person.ts'
import { offeredActs } from './offered-acts.ts'
import type { Presence } from './presence.ts'
import { presentNow } from './presence-view.ts'
import { appointmentBase, pairedTyped } from './typed-appointment.ts'
import { unitsOn } from './units-on.ts'

interface Route {
  readonly Params: { readonly code: string; readonly act: string }
}

/** `/ho-so/:code/viec/:act`: one act as a form that tells beforehand what it does to the due date. */
export function actPage(app: FastifyInstance, options: PageOptions, presence: Presence, show: Show): void {
  const { deps } = options

  const page = (
    reply: FastifyReply,
    { actor, act, dossier, state, seen }: Asked & { readonly state: FormState; readonly seen?: number },
  ) => {
    const offered = offeredActs(deps, actor, dossier)
    const view = formOf(act, dossier, state)
    const effect = actEffect(deps, actor, dossier, () => ({ ...typedAct(view), version: undefined }))
    const isOffered = offered.next === act || offered.others.includes(act)
    const isStale = seen !== undefined && seen !== dossier.version
    const body = actBody({
      view,
      effect,
      isOffered,
      barred: offered.barred,
      applicant: maskedPerson(deps, dossier.applicantId),
      others: presentNow(deps, presence, actor, dossier),
      since: isStale
        ? { seen, events: eventsOf(deps.db, dossier.id), texts: textsOf(deps.db, dossier.id) }
        : null,
    })
    const status = isStale ? 412 : state.refusal !== null ? 422 : isOffered ? 200 : 409
    return show(reply, {
      title: `${TRANSITIONS[act].label} · ${dossier.code ?? ''}`,
      area: '/ho-so',
      status,
      body,
    })
  }

  const formOf = (act: PlainAct, dossier: StoredDossier, state: FormState): ActFormView => {
    const { db, clock } = deps
    const catalogue = catalogueOf(db)
    const now = clock.now()
    const version = catalogue.procedureVersionById.get(dossier.procedureVersionId) as ProcedureVersion
    const told = { events: eventsOf(db, dossier.id), texts: textsOf(db, dossier.id) }
    const receiver = maskedPerson(deps, dossier.applicantId)?.name ?? ''
    const calendar = catalogue.calendar(dossier.receivingUnitId)
    const typed =
      state === EMPTY_FORM
        ? firstTyped({ act, dossier, catalogue }, receiver)
        : pairedTyped(state.typed, appointmentBase(dossier, now), calendar)
    return {
      act,
      dossier,
      catalogue,
      version,
      now,
      state: { ...state, typed },
      calendar,
      unitIds: unitsOn(deps, dossier, localDayOf(now)),
      papers: checklist({ papers: papersOf(db, dossier.id), version, ...told }),
    }
  }

  const asked = (request: FastifyRequest<Route>): Asked | null => {
    const act = PLAIN_ACTS.find((each) => each === request.params.act)
    if (act === undefined) return null
    const actor = actorOf(request)
    return { actor, act, dossier: dossierAt(deps, actor, request.params.code) }
  }

  app.get<Route>('/ho-so/:code/viec/:act', (request, reply) => {
    const what = asked(request)
    return what === null ? reply.callNotFound() : page(reply, { ...what, state: EMPTY_FORM })
  })

  app.post<Route>('/ho-so/:code/viec/:act', async (request, reply) => {
    const what = asked(request)
    if (what === null) return reply.callNotFound()
    const { act, dossier } = what
    const typed = typedIn(request.body)
    const state = { typed, refusal: null }
    const seen = Number(typed['version'])
    if (typed['look'] === '1') return page(reply, { ...what, state, seen })
    const entry = (): Entry => ({
      kind: 'act',
      which: dossier.id,
      request: typedAct(formOf(act, dossier, state)),
    })
    const outcome = await enterFromForm(options, request, typed, entry)
    if ('done' in outcome) {
      const told = outcome.done.waiting ? '' : `?vua=${act}`
      return reply.redirect(
        `${dossierHref(outcome.done.waiting ? dossier : outcome.done.dossier)}${told}`,
        303,
      )
    }
    // As it is now: somebody may have been quicker even while this was being written.
    const current = dossierAt(deps, what.actor, dossierKey(dossier))
    return page(reply, { ...what, dossier: current, state: outcome.state, seen })
  })
}

interface Asked {
  readonly actor: Actor
  readonly act: PlainAct
  readonly dossier: StoredDossier
}

function dossierKey({ id }: StoredDossier): string {
  return `so-${id}`
}
