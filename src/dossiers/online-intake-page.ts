import { randomUUID } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { attachmentsOf } from '../../db/queries/attachments.ts'
import type { StoredDossier } from '../../db/queries/dossiers.ts'
import { submissions } from '../../db/queries/online-intake.ts'
import { papersOf } from '../../db/queries/papers.ts'
import { eventsOf, textsOf } from '../../db/queries/timeline.ts'
import { maySee } from '../accounts/seen-units.ts'
import { catalogueOf, type ProcedureVersion } from '../catalogue/catalogue.ts'
import type { Actor } from '../deps.ts'
import { localDayOf } from '../domain/calendar/day.ts'
import { TRANSITIONS } from '../domain/life-cycle/life-cycle.ts'
import { RuleError } from '../domain/refusals.ts'
import type { PageOptions } from '../page-options.ts'
import { actorOf } from '../web/actor.ts'
import { emptyNotice } from '../web/error-page.ts'
import { EMPTY_FORM, type FormState, onceKeyOf, orRefused, type Typed, typedIn } from '../web/forms.ts'
import { type Html, html, NOTHING } from '../web/html.ts'
import { once } from '../web/idempotency.ts'
import type { Show } from '../web/layout.ts'
import { actOnDossier, findDossier } from './act-on-dossier.ts'
import { checklist } from './checklist.ts'
import { dossierAt } from './dossier-at.ts'
import { dossierHref } from './dossier-table.ts'
import { openDuplicateOf } from './online-intake-duplicate.ts'
import { ANSWERS, answeredNotice, answerNotice } from './online-intake-notices.ts'
import { ONLINE_PAGE, submissionView, waitingView } from './online-intake-view.ts'
import { ownUnits } from './queue-scope.ts'
import { shownPeople } from './shown-people.ts'

interface Route {
  readonly Params: { readonly code: string }
  readonly Querystring: { readonly done?: string }
}

/**
 * `/truc-tuyen`: what was submitted online waits to be received within 8 working hours (NĐ 45/2020 art. 11). One
 * submission a screen, the most urgent first; the answer to one opens the next.
 */
export function onlineIntakePage(app: FastifyInstance, { deps, writer }: PageOptions, show: Show): void {
  const { db, clock } = deps

  const opened = async (actor: Actor, dossier: StoredDossier, state: FormState): Promise<Html> => {
    const catalogue = catalogueOf(db)
    const version = catalogue.procedureVersionById.get(dossier.procedureVersionId) as ProcedureVersion
    const told = { events: eventsOf(db, dossier.id), texts: textsOf(db, dossier.id) }
    return submissionView({
      ...{ dossier, version, catalogue, state, texts: told.texts },
      people: await shownPeople(deps, writer, actor, dossier),
      papers: checklist({ papers: papersOf(db, dossier.id), version, ...told }),
      files: attachmentsOf(db, dossier.id),
      duplicate: openDuplicateOf(deps, actor, dossier),
      now: clock.now(),
      once: randomUUID(),
    })
  }

  const page = async (
    request: FastifyRequest,
    reply: FastifyReply,
    asked: number | null,
    { notice = NOTHING, state = EMPTY_FORM, status = 200 }: Around = {},
  ) => {
    const actor = actorOf(request)
    const catalogue = catalogueOf(db)
    const now = clock.now()
    const own = actor.officerId === null ? null : ownUnits(catalogue, actor.officerId, localDayOf(now))
    const waiting = submissions(db, own)
    const id = asked ?? waiting.find(({ isAsked }) => isAsked === 0)?.id ?? null
    const body = html`<p class="page-kicker"><a href="/viec?view=submitted&amp;scope=units">Trực tuyến chờ nhận</a></p>${notice}
${id === null ? NOTHING_WAITS : await opened(actor, findDossier(deps, id), state)}
${waitingView(waiting, id ?? 0, catalogue, now)}`
    const refused = state.refusal !== null
    return show(reply, {
      title: `${refused ? 'Lỗi: ' : ''}Tiếp nhận trực tuyến`,
      area: '/ho-so',
      body,
      status: refused ? 422 : status,
    })
  }

  app.get<Route>(ONLINE_PAGE, (request, reply) =>
    page(request, reply, null, { notice: doneNotice(actorOf(request), request.query.done) }),
  )

  app.get<Route>(`${ONLINE_PAGE}/:code`, (request, reply) => {
    const dossier = dossierAt(deps, actorOf(request), request.params.code)
    return dossier.state === 'submitted'
      ? page(request, reply, dossier.id)
      : reply.redirect(dossierHref(dossier), 303)
  })

  app.post<Route>(`${ONLINE_PAGE}/:code`, async (request, reply) => {
    const typed = typedIn(request.body)
    const actor = actorOf(request)
    const dossier = dossierAt(deps, actor, request.params.code)
    const version = Number(typed['version']) || undefined
    const outcome = await orRefused(typed, async () => {
      const act = answerIn(typed)
      const reason = act === 'accept' ? undefined : typed['reason'] || undefined
      const repeatable = {
        actor,
        operation: `online_${act}`,
        content: [dossier.id, typed],
        key: onceKeyOf(typed),
      }
      const work = () => actOnDossier(deps, actor, dossier.id, { act, reason, version })
      await writer.write(() => once(deps, repeatable, work, (id) => findDossier(deps, id)))
      return act
    })
    if ('done' in outcome) return reply.redirect(`${ONLINE_PAGE}?done=${outcome.done}.${dossier.id}`, 303)
    const current = findDossier(deps, dossier.id)
    return current.state === 'submitted'
      ? page(request, reply, dossier.id, { state: atItsField(outcome.state) })
      : page(request, reply, null, { notice: answeredNotice(deps, current), status: 409 })
  })

  function doneNotice(actor: Actor, done: string | undefined): Html {
    const [, answer = '', id] = /^([a-z_]+)\.(\d{1,15})$/.exec(done ?? '') ?? []
    if (id === undefined) return NOTHING
    const dossier = findDossier(deps, Number(id))
    return maySee(deps, actor, dossier) ? answerNotice(deps, dossier, answer) : NOTHING
  }
}

const NOTHING_WAITS = emptyNotice(
  'Không còn hồ sơ trực tuyến nào chờ tiếp nhận',
  'Hồ sơ mới nộp sẽ hiện ở đây, gấp nhất trước.',
)

type Answer = (typeof ANSWERS)[number]

/** The button that was pressed; a form sent without one does nothing. */
function answerIn({ act = '' }: Typed): Answer {
  const found = ANSWERS.find((name) => name === act)
  if (found !== undefined) return found
  const possible = ANSWERS.map((name) => TRANSITIONS[name].label).join(', ')
  throw new RuleError('unknown_act', { act: act || 'trống', possible })
}

/** A reason that is missing is typed where the cursor then stands. */
function atItsField(state: FormState): FormState {
  return state.code === 'reason_required' ? { ...state, field: 'reason' } : state
}

interface Around {
  readonly notice?: Html
  readonly state?: FormState
  readonly status?: number
}
