import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Writer } from '../../db/group-commit.ts'
import { recordExport } from '../audit/record-export.ts'
import { catalogueOf } from '../catalogue/catalogue.ts'
import type { Deps } from '../deps.ts'
import { localDayOf } from '../domain/calendar/day.ts'
import { actorOf } from '../web/actor.ts'
import {
  EMPTY_FORM,
  type FormState,
  formView,
  onceKeyOf,
  orRefused,
  type Typed,
  typedIn,
} from '../web/forms.ts'
import { type Html, html, when } from '../web/html.ts'
import type { Show } from '../web/layout.ts'
import { documentText } from './decided-days.ts'
import { decisionFields, decisionTyped, hiddenFields, typedForYear, withMoreRows } from './decision-form.ts'
import type { DecisionInput } from './decision-input.ts'
import type { Effect } from './effect.ts'
import { effectCsv } from './effect-csv.ts'
import { effectSentence, effectView, LINES_A_PAGE } from './effect-view.ts'
import type { PageDoor } from './page-door.ts'
import { previewDecision } from './preview-decision.ts'
import { recordDecision } from './record-decision.ts'

const PATH = '/quan-tri/lich/moi'

/**
 * `/quan-tri/lich/moi`: a decision is typed, its effect is looked at, and what was looked at is recorded. Every step
 * sends all that was typed, so that nothing of it is lost on the way.
 */
export function newDecisionPage(app: FastifyInstance, { deps, writer, show }: PageDoor): void {
  app.get<{ Querystring: { nam?: string } }>(PATH, (request, reply) => {
    const next = nextYear(deps)
    const typed =
      request.query.nam === String(next) ? typedForYear(catalogueOf(deps.db).calendar(null), next) : {}
    return showForm(deps, show, reply, { ...EMPTY_FORM, typed })
  })

  app.post(PATH, async (request, reply) => {
    const typed = typedIn(request.body)
    const step = typed['do'] ?? 'preview'
    if (step === 'more') return showForm(deps, show, reply, { typed: withMoreRows(typed), refusal: null })
    if (step === 'edit') return showForm(deps, show, reply, { typed, refusal: null })
    let refusal: string | null = null
    if (step === 'record') {
      const recorded = await orRefused(typed, () => record(deps, writer, request, typed))
      if ('done' in recorded) return reply.redirect(`/quan-tri/lich/${recorded.done}`, 303)
      refusal = recorded.state.refusal
    }
    const previewed = await orRefused(typed, () => preview(deps, request, typed))
    if ('state' in previewed) return showForm(deps, show, reply, previewed.state)
    const { input, effect } = previewed.done
    if (step === 'csv') {
      const actor = actorOf(request)
      const rows = effect.lines.length
      const units = [...new Set(effect.lines.map(({ unitId }) => unitId))]
      await writer.write(() =>
        recordExport(deps, actor, { what: 'calendar_preview', by: 'page', format: 'csv', rows, units }),
      )
      return sendCsv(deps, reply, effect)
    }
    return showEffect(deps, show, reply, { typed, input, effect, refusal })
  })
}

/** Records what was looked at; returns the decision's number. A second click finds it recorded. */
async function record(deps: Deps, writer: Writer, request: FastifyRequest, typed: Typed): Promise<number> {
  const input = decisionTyped(typed, Number(typed['year']) || nextYear(deps))
  const asked = { previewed: typed['previewed'] ?? '', key: onceKeyOf(typed) }
  return (await recordDecision(deps, writer, actorOf(request), input, asked)).value.id
}

/** The year that a notice of a whole year would decide. */
function nextYear({ db }: Pick<Deps, 'db'>): number {
  return catalogueOf(db).calendar(null).decidedThrough + 1
}

async function preview(deps: Deps, request: FastifyRequest, typed: Typed) {
  const input = decisionTyped(typed, Number(typed['year']) || nextYear(deps))
  return { input, effect: await previewDecision(deps, actorOf(request), input) }
}

function showForm(deps: Deps, show: Show, reply: FastifyReply, state: FormState) {
  const setting = {
    catalogue: catalogueOf(deps.db),
    today: localDayOf(deps.clock.now()),
    nextYear: nextYear(deps),
  }
  const body = html`<header class="page-head"><p class="page-kicker"><a href="/quan-tri/lich">Lịch làm việc</a></p><h1>Ghi quyết định về lịch làm việc</h1><p class="lead">Nhập văn bản và những ngày thay đổi. Bước sau cho xem hồ sơ nào chuyển hạn; chưa có gì được ghi cho đến khi xác nhận.</p></header>
${formView({ action: PATH, state, fields: decisionFields(state, setting), submit: 'Xem trước tác động', beside: html`<a href="/quan-tri/lich">Thôi</a>` })}`
  return show(reply, {
    title: 'Ghi quyết định về lịch',
    area: '/quan-tri',
    body,
    status: state.refusal === null ? 200 : 422,
  })
}

interface Previewed {
  readonly typed: Typed
  readonly input: DecisionInput
  readonly effect: Effect
  readonly refusal: string | null
}

function showEffect(
  deps: Deps,
  show: Show,
  reply: FastifyReply,
  { typed, input, effect, refusal }: Previewed,
) {
  const pages = Math.max(1, Math.ceil(effect.lines.length / LINES_A_PAGE))
  const page = Math.min(Math.max(1, Number(typed['page']) || 1), pages)
  const sentence = effectSentence(effect)
  const fields = html`${hiddenFields(typed)}<input type="hidden" name="previewed" value="${effect.fingerprint}"><input type="hidden" name="do" value="record">`
  const beside = html`<button class="button" type="submit" name="do" value="edit">Sửa lại</button><button class="button" type="submit" name="do" value="csv">Tải danh sách (CSV)</button>`
  const catalogue = catalogueOf(deps.db)
  const body = html`<header class="page-head"><p class="page-kicker"><a href="/quan-tri/lich">Lịch làm việc</a><span>Xem trước, chưa ghi gì</span></p><h1>${sentence}</h1><p class="lead">${input.title}, theo ${documentText(input)}.</p></header>
${formView({ action: PATH, state: { typed, refusal }, fields, submit: 'Ghi quyết định', beside })}
${effectView(effect, page, catalogue, localDayOf(deps.clock.now()))}
${pager(typed, page, pages)}`
  return show(reply, {
    title: `Xem trước: ${sentence}`,
    area: '/quan-tri',
    body,
    status: refusal === null ? 200 : 412,
  })
}

/** Pages of a preview are steps of its form: there is no address at which an unrecorded decision could be read. */
function pager(typed: Typed, page: number, pages: number): Html {
  const button = (to: number, label: string) =>
    html`<button class="button" type="submit" name="page" value="${to}">${label}</button>`
  if (pages === 1) return html``
  return html`<form class="pager" method="post" action="${PATH}" aria-label="Trang">${hiddenFields(typed)}<input type="hidden" name="once" value="${typed['once']}"><input type="hidden" name="do" value="preview">${when(page > 1, () => button(page - 1, 'Trang trước'))}${when(page < pages, () => button(page + 1, 'Xem tiếp'))}</form>`
}

function sendCsv(deps: Deps, reply: FastifyReply, effect: Effect) {
  return reply
    .type('text/csv; charset=utf-8')
    .header('content-disposition', 'attachment; filename="tac-dong-lich.csv"')
    .send(effectCsv(deps, effect))
}
