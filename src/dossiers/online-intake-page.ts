import { randomUUID } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { submissions } from '../../db/queries/online-intake.ts'
import { papersOf } from '../../db/queries/papers.ts'
import { eventsOf, textsOf } from '../../db/queries/timeline.ts'
import { maySee } from '../accounts/seen-units.ts'
import { catalogueOf, type ProcedureVersion } from '../catalogue/catalogue.ts'
import type { Actor } from '../deps.ts'
import { localDayOf } from '../domain/calendar/day.ts'
import { type Act, TRANSITIONS } from '../domain/life-cycle/life-cycle.ts'
import { RuleError } from '../domain/refusals.ts'
import type { PageOptions } from '../page-options.ts'
import { actorOf } from '../web/actor.ts'
import { emptyNotice } from '../web/error-page.ts'
import { longDay, moment } from '../web/formats.ts'
import { EMPTY_FORM, type FormState, onceKeyOf, orRefused, type Typed, typedIn } from '../web/forms.ts'
import { type Html, html, NOTHING, when } from '../web/html.ts'
import { icon } from '../web/icons.ts'
import { once } from '../web/idempotency.ts'
import type { Show } from '../web/layout.ts'
import { actOnDossier, findDossier } from './act-on-dossier.ts'
import { dossierAt } from './dossier-at.ts'
import { dossierHref } from './dossier-table.ts'
import { maskedPerson } from './masked-person.ts'
import { ONLINE_PAGE, submissionView, waitingView } from './online-intake-view.ts'
import { ownUnits } from './queue-scope.ts'

interface Route {
  readonly Params: { readonly code: string }
  readonly Querystring: { readonly done?: string }
}

const ANSWERS = ['accept', 'ask_before_acceptance', 'answer_before_acceptance', 'refuse_intake'] as const

/**
 * `/truc-tuyen`: what was submitted online waits to be received within 8 working hours (NĐ 45/2020 art. 11). One
 * submission a screen, the most urgent first; the answer to one opens the next.
 */
export function onlineIntakePage(app: FastifyInstance, { deps, writer }: PageOptions, show: Show): void {
  const { db, clock } = deps

  const page = (request: FastifyRequest, reply: FastifyReply, asked: number | null, around: Around = {}) => {
    const actor = actorOf(request)
    const catalogue = catalogueOf(db)
    const now = clock.now()
    const own = actor.officerId === null ? null : ownUnits(catalogue, actor.officerId, localDayOf(now))
    const waiting = submissions(db, own)
    const id = asked ?? waiting.find(({ isAsked }) => isAsked === 0)?.id ?? null
    const dossier = id === null ? null : findDossier(deps, id)
    const head = html`<p class="page-kicker"><a href="/viec?view=submitted&amp;scope=units">Trực tuyến chờ nhận</a></p>`
    const body = html`${head}${around.notice ?? NOTHING}
${
  dossier === null
    ? emptyNotice(
        'Không còn hồ sơ trực tuyến nào chờ tiếp nhận',
        'Hồ sơ mới nộp sẽ hiện ở đây, gấp nhất trước.',
      )
    : submissionView({
        dossier,
        version: catalogue.procedureVersionById.get(dossier.procedureVersionId) as ProcedureVersion,
        applicant: maskedPerson(deps, dossier.applicantId),
        papers: papersOf(db, dossier.id),
        notes: textsOf(db, dossier.id).map(({ text }) => text),
        catalogue,
        now,
        once: randomUUID(),
        state: around.state ?? EMPTY_FORM,
      })
}
${waitingView(waiting, id ?? 0, catalogue, now)}`
    return show(reply, {
      title: 'Tiếp nhận trực tuyến',
      area: '/ho-so',
      body,
      status: around.status ?? (around.state?.refusal ? 422 : 200),
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
    const { state } = outcome
    return findDossier(deps, dossier.id).state === 'submitted'
      ? page(request, reply, dossier.id, { state })
      : page(request, reply, null, { notice: answeredNotice(dossier.id), status: 409 })
  })

  /** Somebody was quicker: who, with what, and the way to it. The next one opens below. */
  function answeredNotice(id: number): Html {
    const dossier = findDossier(deps, id)
    const events = eventsOf(db, id)
    const answer = events.findLast(({ act }) => (ANSWERS as readonly Act[]).includes(act))
    const { act, actorId, recordedAt } = answer ?? events.at(-1)!
    const who = catalogueOf(db).officerById.get(actorId ?? 0)?.name ?? 'Hệ thống'
    return html`<p class="form-refusal" role="alert">${icon('info', 20)}<span>${who} đã trả lời hồ sơ này lúc ${moment(recordedAt)}: ${TRANSITIONS[act].label.toLowerCase()} <a class="code" href="${dossierHref(dossier)}">${dossier.code ?? 'hồ sơ vừa rồi'}</a>. Không ghi thêm gì.</span></p>`
  }

  /** What was just done, with the way to its paper. */
  function doneNotice(actor: Actor, done: string | undefined): Html {
    const [, act = '', id] = /^([a-z_]+)\.(\d{1,15})$/.exec(done ?? '') ?? []
    const words = DONE[act as keyof typeof DONE]
    if (words === undefined) return NOTHING
    const dossier = findDossier(deps, Number(id))
    if (!maySee(deps, actor, dossier)) return NOTHING
    return html`<p class="done-notice" role="status">${icon('check', 20)}<span>${words} <a class="code" href="${dossierHref(dossier)}">${dossier.code ?? 'hồ sơ vừa rồi'}</a>${when(act === 'accept' && dossier.dueOn, (day) => html`, hẹn trả ${longDay(day)}`)}${when(dossier.receivedLate, () => html` <span class="tag overdue">tiếp nhận muộn quá 8 giờ làm việc</span>`)}.</span></p>`
  }
}

type Answer = (typeof ANSWERS)[number]

/** The button that was pressed; a form sent without one does nothing. */
function answerIn({ act = '' }: Typed): Answer {
  const found = ANSWERS.find((name) => name === act)
  if (found !== undefined) return found
  const possible = ANSWERS.map((name) => TRANSITIONS[name].label).join(', ')
  throw new RuleError('unknown_act', { act: act || 'trống', possible })
}

interface Around {
  readonly notice?: Html
  readonly state?: FormState
  readonly status?: number
}

const DONE = {
  accept: 'Đã tiếp nhận',
  ask_before_acceptance: 'Đã yêu cầu bổ sung',
  answer_before_acceptance: 'Đã ghi nhận bổ sung của',
  refuse_intake: 'Đã từ chối tiếp nhận',
} as const satisfies Record<Answer, string>
