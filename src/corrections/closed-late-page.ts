import type { FastifyInstance } from 'fastify'
import { type ClosedLate, closedLate } from '../../db/queries/closed-late.ts'
import { seenUnitFilter } from '../accounts/seen-choices.ts'
import { seenDossiers } from '../accounts/seen-units.ts'
import { type Catalogue, catalogueOf } from '../catalogue/catalogue.ts'
import { unitName } from '../catalogue/unit-choices.ts'
import type { Deps } from '../deps.ts'
import { addWorkingDays, countWorkingDays } from '../domain/calendar/calendar.ts'
import { addDays, instantAt, type LocalDay, localDayOf } from '../domain/calendar/day.ts'
import { TRANSITIONS } from '../domain/life-cycle/life-cycle.ts'
import { dossierHref } from '../dossiers/dossier-table.ts'
import { scopeUnits } from '../reports/scope.ts'
import { actorOf } from '../web/actor.ts'
import { emptyNotice } from '../web/error-page.ts'
import { moment } from '../web/formats.ts'
import { each, type Html, html } from '../web/html.ts'
import type { Show } from '../web/layout.ts'

const PAGE = '/quan-tri/khep-muon'
const SHOWN_DAYS = 30
const MOST_SHOWN = 500

/** `/quan-tri/khep-muon`: what was done but not clicked in time, by unit and officer. */
export function closedLatePage(app: FastifyInstance, deps: Deps, show: Show): void {
  app.get<{ Querystring: { unit?: string } }>(PAGE, (request, reply) => {
    const catalogue = catalogueOf(deps.db)
    const today = localDayOf(deps.clock.now())
    const unit = request.query.unit || undefined
    const since = instantAt(addDays(today, -SHOWN_DAYS), 0)
    const actor = actorOf(request)
    const scope = { unitIds: scopeUnits(catalogue, unit, today), seen: seenDossiers(deps, actor) }
    const rows = lateOnly(catalogue, closedLate(deps.db, since, scope, MOST_SHOWN))
    const filter = seenUnitFilter(deps, actor, PAGE, unit)
    const body = html`<header class="page-head with-filter"><h1>${rows.length === 0 ? 'Không có hồ sơ khép muộn trong 30 ngày' : `${rows.length}${rows.length === MOST_SHOWN ? ' (mới nhất)' : ''} hồ sơ khép muộn trong 30 ngày`}</h1>${filter}</header>
<p class="lead">Đã có kết quả, trả, rút hoặc dừng từ trước, nhưng ghi muộn hơn ngày làm việc kế tiếp. Đúng hay quá hạn vẫn xét theo thời điểm thực.</p>
${rows.length === 0 ? NONE : html`<section><h2>Theo đơn vị và cán bộ ghi</h2>${summary(catalogue, rows, today)}</section><section><h2>Từng hồ sơ</h2>${list(catalogue, rows)}</section>`}`
    return show(reply, { title: 'Khép muộn', area: '/quan-tri', body })
  })
}

/** What was recorded after the working day that followed it; each dossier once, by what was recorded last. */
function lateOnly(catalogue: Catalogue, rows: readonly ClosedLate[]): readonly ClosedLate[] {
  const late = rows.filter(
    ({ unitId, occurredAt, recordedAt }) =>
      localDayOf(recordedAt) > addWorkingDays(catalogue.calendar(unitId), localDayOf(occurredAt), 1),
  )
  return [...new Map(late.toReversed().map((row) => [row.dossierId, row])).values()].toReversed()
}

const NONE = emptyNotice(
  'Không có gì ở đây',
  'Mọi hồ sơ kết thúc đều được ghi chậm nhất vào ngày làm việc kế tiếp.',
)

function summary(catalogue: Catalogue, rows: readonly ClosedLate[], today: LocalDay): Html {
  const groups = [...Map.groupBy(rows, ({ unitId, actorId }) => `${unitId}|${actorId}`).values()]
    .map((own) => ({ ...(own[0] as ClosedLate), n: own.length }))
    .sort((a, b) => b.n - a.n)
  return html`<table class="data"><caption class="sr">Số hồ sơ khép muộn theo đơn vị và cán bộ</caption>
<thead><tr><th scope="col">Đơn vị</th><th scope="col">Cán bộ ghi</th><th scope="col" class="n">Hồ sơ</th></tr></thead>
<tbody>${each(groups, ({ unitId, actorId, n }) => html`<tr><th scope="row">${unitName(catalogue.unitById.get(unitId), today)}</th><td>${officerName(catalogue, actorId)}</td><td class="n">${n}</td></tr>`)}</tbody></table>`
}

function list(catalogue: Catalogue, rows: readonly ClosedLate[]): Html {
  return html`<div class="scroll" role="region" aria-label="Hồ sơ khép muộn" tabindex="0"><table class="data">
<caption class="sr">Hồ sơ khép muộn</caption>
<thead><tr><th scope="col">Mã hồ sơ</th><th scope="col">Việc</th><th scope="col">Thời điểm thực</th><th scope="col">Ghi lúc</th><th scope="col" class="n">Muộn</th><th scope="col">Cán bộ ghi</th><th scope="col">Lý do</th></tr></thead>
<tbody>${each(rows, (row) => line(catalogue, row))}</tbody></table></div>`
}

function line(catalogue: Catalogue, row: ClosedLate): Html {
  const [ended, recorded] = [localDayOf(row.occurredAt), localDayOf(row.recordedAt)]
  const days = countWorkingDays(catalogue.calendar(null), addDays(ended, 1), recorded)
  return html`<tr><th scope="row" class="nowrap"><a class="code" href="${dossierHref({ code: row.code, id: row.dossierId })}">${row.code ?? 'chưa cấp mã'}</a></th><td class="nowrap">${TRANSITIONS[row.act].label}</td><td class="nowrap">${moment(row.occurredAt)}</td><td class="nowrap">${moment(row.recordedAt)}</td><td class="n">${days} ngày làm việc</td><td>${officerName(catalogue, row.actorId)}</td><td>${row.reason ?? '–'}</td></tr>`
}

function officerName(catalogue: Catalogue, id: number | null): string {
  return (id === null ? undefined : catalogue.officerById.get(id)?.name) ?? 'Người vận hành'
}
