import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { mayEnter } from '../accounts/guard.ts'
import { dossiersGranted, seenDossiers, unitsGranted } from '../accounts/seen-units.ts'
import { recordExport } from '../audit/record-export.ts'
import { type Catalogue, catalogueOf } from '../catalogue/catalogue.ts'
import { unitName } from '../catalogue/unit-choices.ts'
import type { Actor, Deps } from '../deps.ts'
import { type LocalDay, localDayOf } from '../domain/calendar/day.ts'
import { formatCount } from '../domain/counting/rate-format.ts'
import { RuleError } from '../domain/refusals.ts'
import { dossierHref } from '../dossiers/dossier-table.ts'
import { actorOf } from '../web/actor.ts'
import { emptyNotice } from '../web/error-page.ts'
import { moment } from '../web/formats.ts'
import { EMPTY_FORM, type FormState, formView, onceKeyOf, orRefused, typedIn } from '../web/forms.ts'
import { each, type Html, html, when } from '../web/html.ts'
import { movesCsv } from './effect-csv.ts'
import { fromTo } from './effect-view.ts'
import type { PageDoor } from './page-door.ts'
import { previewUndo, type UndoEffect } from './preview-undo.ts'
import { type ShownDecision, type ShownMove, showDecision } from './show-decision.ts'
import { LEFT_WHY, type LeftWhy } from './since-decision.ts'
import { undoDecision } from './undo-decision.ts'
import { dayLine } from './year-view.ts'

const PAGE_SIZE = 100
const EVERYTHING = 1_000_000

interface Which {
  readonly Params: { readonly id: string }
  readonly Querystring: { readonly after?: string }
}

/** `/quan-tri/lich/:id`: what a decision did; its list for a spreadsheet; undoing it, after a look at what that does. */
export function decisionPage(app: FastifyInstance, door: PageDoor): void {
  const { deps, show, writer } = door

  app.get<Which>('/quan-tri/lich/:id', (request, reply) => {
    const after = Number(request.query.after) || 0
    const shown = showDecision(deps, numberOf(request.params.id), {
      after,
      limit: PAGE_SIZE,
      seen: seenDossiers(deps, actorOf(request)),
    })
    const body = decisionBody(deps, actorOf(request), shown, after, buttonsOf(request, shown.decision))
    return show(reply, { title: shown.decision.title, area: '/quan-tri', body })
  })

  app.get<Which>('/quan-tri/lich/:id/ho-so.csv', async (request, reply) => {
    const actor = actorOf(request)
    const id = numberOf(request.params.id)
    const { moves } = showDecision(deps, id, {
      limit: EVERYTHING,
      seen: dossiersGranted(deps, actor, 'exports'),
    })
    const granted = unitsGranted(deps, actor, 'exports')
    const units = granted === null ? 'all' : [...granted]
    const told = { decision: id, format: 'csv', rows: moves.length, units } as const
    await writer.write(() => recordExport(deps, actor, { what: 'calendar_moves', by: 'page', ...told }))
    return reply
      .type('text/csv; charset=utf-8')
      .header('content-disposition', `attachment; filename="quyet-dinh-lich-${id}.csv"`)
      .send(movesCsv(deps, moves))
  })

  app.get<Which>('/quan-tri/lich/:id/hoan-tac', (request, reply) =>
    showUndo(door, request, reply, EMPTY_FORM),
  )

  app.post<Which>('/quan-tri/lich/:id/hoan-tac', async (request, reply) => {
    const id = numberOf(request.params.id)
    const typed = typedIn(request.body)
    const outcome = await orRefused(typed, () =>
      undoDecision(deps, writer, actorOf(request), id, { key: onceKeyOf(typed) }),
    )
    if ('state' in outcome) return showUndo(door, request, reply, outcome.state)
    return reply.redirect(`/quan-tri/lich/${id}`, 303)
  })
}

function numberOf(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new RuleError('unknown_decision', { decision: text })
  return Number(text)
}

function decisionBody(
  deps: Deps,
  actor: Actor,
  { decision, added, removed, moves, more }: ShownDecision,
  after: number,
  buttons: Html,
): Html {
  const catalogue = catalogueOf(deps.db)
  const { id, title, document, recordedAt, actorId, undoneAt, undoneBy, version, moved } = decision
  const name = (officer: number | null) =>
    officer === null ? 'người vận hành' : (catalogue.officerById.get(officer)?.name ?? 'người vận hành')
  const days = [
    ...added.map((day) => `${dayLine(day.date, day.kind, day.name)}${ofUnit(catalogue, day.unitId)}`),
    ...removed.map((day) => `bỏ ${dayLine(day.date, day.kind, day.name)}${ofUnit(catalogue, day.unitId)}`),
  ]
  const path = `/quan-tri/lich/${id}`
  return html`<header class="page-head"><p class="page-kicker"><a href="/quan-tri/lich">Lịch làm việc</a><span>${document}</span></p><h1>${title}</h1>
<p class="lead">${formatCount(moved)} hồ sơ chuyển hạn. Ghi ${moment(recordedAt)} bởi ${name(actorId)}, lịch phiên bản <span class="nowrap">${version}</span>.</p>
${when(undoneAt, (at) => html`<p class="effect-note">Đã hoàn tác ${moment(at)} bởi ${name(undoneBy)}. Muốn áp dụng lại, hãy ghi quyết định một lần nữa.</p>`)}</header>
<div class="toolbar"><span class="samples">${buttons}</span></div>
<section><h2>Ngày thay đổi</h2><ul class="lines">${each(days, (line) => html`<li><span>${line}</span></li>`)}</ul></section>
<section><h2>Hồ sơ đã chuyển</h2>${when(seenDossiers(deps, actor), () => html`<p class="muted">Chỉ hiện hồ sơ của đơn vị ông/bà.</p>`)}${moves.length === 0 ? noMoves(moved) : movesTable(moves, catalogue, localDayOf(deps.clock.now()), undoneAt !== null)}
<nav class="pager" aria-label="Trang">${when(after > 0, () => html`<a class="button" href="${path}">Về đầu danh sách</a>`)}${when(more, (last) => html`<a class="button" rel="next" href="${path}?after=${last}">Xem tiếp</a>`)}</nav></section>`
}

/** What this person may do with a decision. */
function buttonsOf({ principal }: FastifyRequest, { id, undoneAt }: ShownDecision['decision']): Html {
  const path = `/quan-tri/lich/${id}`
  const mayUndo = undoneAt === null && mayEnter(principal, 'calendar_decide')
  return html`${when(mayEnter(principal, 'exports'), () => html`<a class="button" href="${path}/ho-so.csv">Tải danh sách (CSV)</a>`)}${when(mayUndo, () => html`<a class="button" href="${path}/hoan-tac">Hoàn tác…</a>`)}`
}

function noMoves(moved: number): Html {
  return moved === 0
    ? emptyNotice('Không hồ sơ nào chuyển hạn', 'Không hồ sơ nào đang giải quyết đi qua những ngày này.')
    : emptyNotice('Không có hồ sơ của đơn vị ông/bà', 'Hồ sơ đã chuyển đều thuộc đơn vị khác.')
}

function ofUnit(catalogue: Catalogue, unitId: number | null): string {
  return unitId === null ? '' : ` (${unitName(catalogue.unitById.get(unitId), '9999-12-31')})`
}

const UNDO_LABELS = { none: '', undone: 'đã trả lại', left: 'giữ nguyên' } as const

function movesTable(
  moves: readonly ShownMove[],
  catalogue: Catalogue,
  today: LocalDay,
  undone: boolean,
): Html {
  const outcome = ({ undo, leftWhy }: ShownMove) =>
    html`<td>${UNDO_LABELS[undo]}${when(leftWhy, (why) => html`: ${LEFT_WHY[why]}`)}</td>`
  const what = ({ appointmentBefore }: ShownMove) =>
    appointmentBefore === null ? 'hạn tiếp nhận' : 'hạn trả'
  return html`<div class="scroll" role="region" aria-label="Hồ sơ đã chuyển" tabindex="0"><table class="data moves">
<thead><tr><th scope="col">Mã hồ sơ</th><th scope="col">Là</th><th scope="col">Từ</th><th scope="col">Thành</th><th scope="col">Đơn vị giải quyết</th>${when(undone, () => html`<th scope="col">Khi hoàn tác</th>`)}</tr></thead>
<tbody>${each(moves, (move) => html`<tr><th scope="row"><a class="code" href="${dossierHref(move.dossier)}">${move.dossier.code ?? 'chưa cấp mã'}</a></th><td class="nowrap">${what(move)}</td>${fromTo(move.dueBefore, move.dueAfter)}<td class="clip">${unitName(catalogue.unitById.get(move.dossier.unitId), today)}</td>${when(undone, () => outcome(move))}</tr>`)}</tbody></table></div>`
}

async function showUndo(
  { deps, show }: PageDoor,
  request: FastifyRequest<Which>,
  reply: FastifyReply,
  state: FormState,
) {
  const id = numberOf(request.params.id)
  const { decision } = showDecision(deps, id, { limit: 1, seen: null })
  const effect = await previewUndo(deps, actorOf(request), id)
  const body = html`<header class="page-head"><p class="page-kicker"><a href="/quan-tri/lich">Lịch làm việc</a><a href="/quan-tri/lich/${id}">${decision.title}</a></p><h1>Hoàn tác: ${formatCount(effect.goBack)} hồ sơ trả lại hạn cũ</h1><p class="lead">Những ngày của ${decision.document} ra khỏi lịch. Hồ sơ đã có thay đổi khác thì giữ nguyên.</p></header>
${undoLines(effect)}
${formView({ action: `/quan-tri/lich/${id}/hoan-tac`, state, fields: html``, submit: 'Hoàn tác quyết định', beside: html`<a href="/quan-tri/lich/${id}">Thôi</a>` })}`
  return show(reply, {
    title: `Hoàn tác: ${decision.title}`,
    area: '/quan-tri',
    body,
    status: state.refusal === null ? 200 : 409,
  })
}

function undoLines({ goBack, left, newcomers }: UndoEffect): Html {
  const line = (label: string, n: number) =>
    html`<li><span>${label}</span><span class="n">${formatCount(n)}</span></li>`
  const reasons = Object.entries(left) as [LeftWhy, number][]
  return html`<ul class="lines undo-lines">${line('Trả lại hạn cũ', goBack)}${each(reasons, ([why, n]) => line(`Giữ nguyên: ${LEFT_WHY[why]}`, n))}${when(newcomers > 0, () => line('Tiếp nhận sau quyết định, hạn rơi vào ngày nghỉ: lùi sang ngày làm việc', newcomers))}</ul>`
}
