import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { waitingForUnit } from '../../db/queries/coordination-queue.ts'
import { type DossierRow, dossierRowsById } from '../../db/queries/dossier-rows.ts'
import { mayEnter } from '../accounts/guard.ts'
import { seenDossiers } from '../accounts/seen-units.ts'
import { type Catalogue, catalogueOf, versionOn } from '../catalogue/catalogue.ts'
import { unitName } from '../catalogue/unit-choices.ts'
import { localDayOf } from '../domain/calendar/day.ts'
import { formatCount } from '../domain/counting/rate-format.ts'
import { STATE_LABELS } from '../domain/life-cycle/life-cycle.ts'
import { dossierHref } from '../dossiers/dossier-table.ts'
import type { PageOptions } from '../page-options.ts'
import { actorOf } from '../web/actor.ts'
import { emptyNotice } from '../web/error-page.ts'
import { fullDay } from '../web/formats.ts'
import { choiceField, EMPTY_FORM, type FormState, formView, orRefused, typedIn } from '../web/forms.ts'
import { each, type Html, html, when } from '../web/html.ts'
import type { Show } from '../web/layout.ts'
import { assignUnit } from './assign-unit.ts'
import { PLANS } from './plan-views.ts'

/** Dossiers of one unit on the page; the rest comes up as these are given out. */
const SHOWN = 200

/** `/quan-tri/don-vi/sap-xep/cho-phan-cong`: dossiers whose unit is no more, given out one by one or many at once. */
export function queuePage(app: FastifyInstance, { deps, writer }: PageOptions, show: Show): void {
  const { db, clock } = deps
  const href = `${PLANS}/cho-phan-cong`

  const page = (request: FastifyRequest, reply: FastifyReply, state: FormState) => {
    const mayAssign = mayEnter(request.principal, 'units_assign')
    const catalogue = catalogueOf(db)
    const today = localDayOf(clock.now())
    const waiting = waitingForUnit(db, today, seenDossiers(deps, actorOf(request)))
    const groups = [...Map.groupBy(waiting, ({ unitId }) => unitId)]
    const body = html`<header class="page-head"><p class="page-kicker"><a href="${PLANS}">Sắp xếp đơn vị</a></p><h1>${waiting.length === 0 ? 'Không có hồ sơ chờ phân công' : `${formatCount(waiting.length)} hồ sơ chờ phân công đơn vị`}</h1></header>
${waiting.length === 0 ? emptyNotice('Hồ sơ nào cũng có đơn vị giải quyết', 'Khi một đơn vị kết thúc mà phương án chưa ghi ai tiếp quản, hồ sơ của đơn vị ấy chờ ở đây.') : html`<p class="lead">Đơn vị cũ đã kết thúc. Hồ sơ vẫn chạy hạn và vẫn xử lý được; giao đơn vị nào thì tính cho đơn vị ấy từ ngày đơn vị cũ kết thúc.</p>`}
${each(groups, ([unitId, rows]) =>
  groupForm(
    catalogue,
    today,
    unitId,
    dossierRowsById(
      db,
      rows.slice(0, SHOWN).map(({ id }) => id),
    ),
    rows.length,
    isOf(state, unitId) ? state : EMPTY_FORM,
    mayAssign,
  ),
)}`
    return show(reply, {
      title: 'Chờ phân công đơn vị',
      area: '/quan-tri',
      body,
      status: state.refusal === null ? 200 : 422,
    })
  }

  const groupForm = (
    catalogue: Catalogue,
    today: string,
    unitId: number,
    rows: readonly DossierRow[],
    count: number,
    state: FormState,
    mayAssign: boolean,
  ) => {
    const unit = catalogue.unitById.get(unitId)!
    const last = unit.versions.at(-1)!.validTo!
    const table = html`<div class="scroll" role="region" aria-label="Hồ sơ của ${unitName(unit, last)}" tabindex="0"><table class="data waiting"><caption class="sr">Hồ sơ chờ phân công</caption>
<thead><tr><th scope="col"><span class="sr">Chọn</span></th><th scope="col">Mã hồ sơ</th><th scope="col">Thủ tục</th><th scope="col" class="waiting-due">Hạn trả</th><th scope="col" class="waiting-state">Trạng thái</th></tr></thead>
<tbody>${each(rows, (row) => queueLine(catalogue, row, state))}</tbody></table></div>`
    const fields = html`<input type="hidden" name="from" value="${unitId}">
${table}
${choiceField(state, { name: 'unit', label: 'Giao cho', required: true, blank: 'Chọn đơn vị', options: successors(catalogue, unitId, today) })}`
    return html`<section class="queue-unit"><h2>${unitName(unit, last)}: ${formatCount(count)} hồ sơ <small class="muted">kết thúc ${fullDay(last)}</small></h2>
${when(count > rows.length, () => html`<p class="muted">Hiện ${SHOWN} hồ sơ có hạn sớm nhất.</p>`)}
${mayAssign ? formView({ action: href, state, fields, submit: 'Giao các hồ sơ đã chọn' }) : table}</section>`
  }

  app.get(href, (request, reply) => page(request, reply, EMPTY_FORM))
  app.post(href, async (request, reply) => {
    const typed = typedIn(request.body)
    const dossiers = Object.keys(typed).flatMap((name) =>
      /^d-\d{1,15}$/.test(name) ? [Number(name.slice(2))] : [],
    )
    const outcome = await orRefused(typed, () => {
      const actor = actorOf(request)
      return writer.write(() => assignUnit(deps, actor, { unit: typed['unit'] ?? '', dossiers }))
    })
    return 'state' in outcome ? page(request, reply, outcome.state) : reply.redirect(href, 303)
  })
}

function isOf({ typed }: FormState, unitId: number): boolean {
  return typed['from'] === String(unitId)
}

function queueLine({ procedureById }: Catalogue, row: DossierRow, { typed, refusal }: FormState): Html {
  const name = `d-${row.id}`
  const chosen = refusal === null || typed[name] === '1'
  return html`<tr><td><input type="checkbox" id="${name}" name="${name}" value="1"${when(chosen, () => html` checked`)}><label class="sr" for="${name}">Chọn ${row.code ?? `hồ sơ số ${row.id}`}</label></td>
<th scope="row"><a class="code" href="${dossierHref(row)}">${row.code ?? 'chưa cấp mã'}</a></th><td class="clip">${procedureById.get(row.procedureId)?.name}</td><td class="waiting-due">${row.dueOn === null ? '–' : fullDay(row.dueOn)}</td><td class="waiting-state">${STATE_LABELS[row.state]}</td></tr>`
}

/** Units that resolve today: those the old one gave something to first. */
function successors(catalogue: Catalogue, unitId: number, today: string) {
  const named = new Set(
    catalogue.lineage.filter(({ fromUnitId }) => fromUnitId === unitId).map(({ toUnitId }) => toUnitId),
  )
  const resolving = catalogue.units.filter(
    ({ kind, versions }) =>
      (kind === 'resolver' || kind === 'shop_and_resolver') && versionOn(versions, today) !== undefined,
  )
  return resolving
    .map((unit) => ({ value: unit.key, label: unitName(unit, today), isNamed: named.has(unit.id) }))
    .sort((a, b) => Number(b.isNamed) - Number(a.isNamed) || a.label.localeCompare(b.label, 'vi'))
}
