import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { waitingForUnitCount } from '../../db/queries/coordination-queue.ts'
import { findReorganisation, listReorganisations } from '../../db/queries/reorganisations.ts'
import { mayEnter } from '../accounts/guard.ts'
import { catalogueOf } from '../catalogue/catalogue.ts'
import { localDayOf } from '../domain/calendar/day.ts'
import { formatCount } from '../domain/counting/rate-format.ts'
import { RuleError } from '../domain/refusals.ts'
import type { PageOptions } from '../page-options.ts'
import { actorOf } from '../web/actor.ts'
import { emptyNotice } from '../web/error-page.ts'
import { fullDay } from '../web/formats.ts'
import {
  EMPTY_FORM,
  type FormState,
  formView,
  onceKeyOf,
  orRefused,
  refusalView,
  typedIn,
} from '../web/forms.ts'
import { each, type Html, html, when } from '../web/html.ts'
import { once } from '../web/idempotency.ts'
import type { Show } from '../web/layout.ts'
import { PLAN_FORMS, type PlanForm } from './plan-forms.ts'
import type { ReorganisationPlan } from './plan-schema.ts'
import { PLANS, planBody, planList, recordedLine, standing } from './plan-views.ts'
import { doneFlows, plannedFlows, previewPlan } from './preview-plan.ts'
import { readPlan } from './read-plan.ts'
import { recordReorganisation } from './record-reorganisation.ts'

const AREA = '/quan-tri'
const HREF = `${PLANS}/cho-phan-cong`

/** `/quan-tri/don-vi/sap-xep`: plans recorded, what each did or will do, and forms to write, preview and record one. */
export function planPages(app: FastifyInstance, { deps, writer }: PageOptions, show: Show): void {
  const { db, clock } = deps

  app.get(PLANS, (request, reply) => {
    const rows = listReorganisations(db)
    const waiting = waitingForUnitCount(db, localDayOf(clock.now()))
    const body = html`<header class="page-head"><p class="page-kicker"><a href="/quan-tri/don-vi">Đơn vị</a></p><h1>Sắp xếp đơn vị</h1></header>
${when(waiting > 0 && waiting, (n) => html`<p class="lead"><a href="${HREF}">${formatCount(n)} hồ sơ chờ phân công đơn vị</a>: đơn vị cũ đã kết thúc, chưa rõ đơn vị nào tiếp quản.</p>`)}
<section><h2>Các phương án</h2>${rows.length === 0 ? emptyNotice('Chưa có phương án nào', 'Ghi trước ngày có hiệu lực; đến 00:05 ngày đó hồ sơ đang mở tự chuyển, giữ nguyên mã và hạn trả.') : planList(rows)}</section>
${when(mayEnter(request.principal, 'units_reorganise'), newPlans)}`
    return show(reply, { title: 'Sắp xếp đơn vị', area: AREA, body })
  })

  app.get<{ Params: { id: string } }>(`${PLANS}/:id`, (request, reply) => {
    const row = findReorganisation(db, Number(request.params.id) || 0)
    if (row === undefined) throw new RuleError('unknown_reorganisation', { id: request.params.id })
    const plan = JSON.parse(row.plan) as ReorganisationPlan
    const body = html`<header class="page-head"><p class="page-kicker"><a href="${PLANS}">Sắp xếp đơn vị</a></p><h1>${row.title}</h1><p class="page-kicker">${standing(row)}</p></header>
${planBody(deps, plan, row.appliedAt === null ? plannedFlows(deps, plan).flows : doneFlows(deps, plan))}${recordedLine(deps, row)}`
    return show(reply, { title: row.title, area: AREA, body })
  })

  const formPage = (reply: FastifyReply, key: string, state: FormState) => {
    const form = formOf(key)
    const fields = form.fields(catalogueOf(db), state, localDayOf(clock.now()))
    const body = html`<header class="page-head"><p class="page-kicker"><a href="${PLANS}">Sắp xếp đơn vị</a></p><h1>${form.heading}</h1><p class="lead">${form.about}</p></header>
${formView({ action: `${PLANS}/moi/${key}`, state, fields, submit: 'Xem trước' })}`
    return show(reply, { title: form.heading, area: AREA, body, status: state.refusal === null ? 200 : 422 })
  }
  app.get<{ Params: { form: string } }>(`${PLANS}/moi/:form`, (request, reply) =>
    formPage(reply, request.params.form, EMPTY_FORM),
  )

  app.post<{ Params: { form: string } }>(`${PLANS}/moi/:form`, async (request, reply) => {
    const typed = typedIn(request.body)
    const form = formOf(request.params.form)
    const outcome = await orRefused(typed, () =>
      previewPlan(deps, readPlan(JSON.stringify(form.plan(catalogueOf(db), typed)))),
    )
    if ('state' in outcome) return formPage(reply, request.params.form, outcome.state)
    const { plan, flows } = outcome.done
    return previewPage(reply, plan, html`${planBody(deps, plan, flows)}`, EMPTY_FORM)
  })

  function previewPage(
    reply: FastifyReply,
    plan: ReorganisationPlan,
    body: ReturnType<typeof html>,
    state: FormState,
  ) {
    const fields = html`<input type="hidden" name="plan" value="${JSON.stringify(plan)}">`
    const page = html`<header class="page-head"><p class="page-kicker"><a href="${PLANS}">Sắp xếp đơn vị</a></p><h1>${plan.title}</h1><p class="page-kicker"><span class="tag due_soon">Xem trước, chưa ghi · ${plan.document} · từ ${fullDay(plan.on)}</span></p></header>
${body}
${formView({ action: PLANS, state, fields, submit: 'Ghi phương án', beside: html`<a class="button" href="${PLANS}">Bỏ</a>` })}`
    return show(reply, {
      title: plan.title,
      area: AREA,
      body: page,
      status: state.refusal === null ? 200 : 422,
    })
  }

  app.post(PLANS, async (request: FastifyRequest, reply) => {
    const typed = typedIn(request.body)
    const text = typed['plan'] ?? ''
    const outcome = await orRefused(typed, () => {
      const plan = readPlan(text)
      const actor = actorOf(request)
      const repeatable = { actor, operation: 'reorganise', content: plan, key: onceKeyOf(typed) }
      return writer.write(() =>
        once(
          deps,
          repeatable,
          () => recordReorganisation(deps, actor, plan),
          (id) => ({ id }),
        ),
      )
    })
    if ('done' in outcome) return reply.redirect(`${PLANS}/${outcome.done.value.id}`, 303)
    const read = await orRefused(typed, () => readPlan(text))
    if ('done' in read) return previewPage(reply, read.done, refusalView(EMPTY_FORM), outcome.state)
    return formPage(reply, 'tep', outcome.state)
  })
}

function formOf(key: string): PlanForm {
  const form: PlanForm | undefined = Object.entries(PLAN_FORMS).find(([name]) => name === key)?.[1]
  if (form === undefined) throw new RuleError('unknown_reorganisation', { id: key })
  return form
}

function newPlans(): Html {
  return html`<section><h2>Ghi phương án mới</h2><ul class="places">${each(Object.entries(PLAN_FORMS), ([key, form]) => html`<li><a href="${PLANS}/moi/${key}"><strong>${form.heading}</strong><small>${form.about}</small></a></li>`)}</ul></section>`
}
