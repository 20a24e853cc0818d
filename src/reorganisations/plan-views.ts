import type { ReorganisationRow } from '../../db/queries/reorganisations.ts'
import { type Catalogue, catalogueOf } from '../catalogue/catalogue.ts'
import { unitName } from '../catalogue/unit-choices.ts'
import type { Deps } from '../deps.ts'
import { addDays } from '../domain/calendar/day.ts'
import { formatCount } from '../domain/counting/rate-format.ts'
import { fullDay, shortMoment } from '../web/formats.ts'
import { each, type Html, html, when } from '../web/html.ts'
import { icon } from '../web/icons.ts'
import type { ReorganisationPlan } from './plan-schema.ts'
import type { PlanFlow } from './preview-plan.ts'

export const PLANS = '/quan-tri/don-vi/sap-xep'

/** Every reorganisation recorded, the newest day first. */
export function planList(rows: readonly ReorganisationRow[]): Html {
  return html`<ul class="lines plans">${each(rows.toReversed(), (row) => html`<li><span><a href="${PLANS}/${row.id}">${row.title}</a> <small class="muted">${row.document}</small></span><span>${standing(row)}</span></li>`)}</ul>`
}

/** Whether the dossiers have moved. */
export function standing({ onDay, appliedAt, movedDossiers }: ReorganisationRow): Html {
  return appliedAt === null
    ? html`<span class="tag due_soon">${icon('due_soon')}Chuyển hồ sơ lúc 00:05 ngày ${fullDay(onDay)}</span>`
    : html`<span class="tag in_time">${icon('check')}Từ ${fullDay(onDay)}, đã chuyển ${formatCount(movedDossiers ?? 0)} hồ sơ</span>`
}

/** What a plan changes, and which open dossiers go where. */
export function planBody(
  { db }: Pick<Deps, 'db'>,
  plan: ReorganisationPlan,
  flows: readonly PlanFlow[],
): Html {
  const name = namesIn(catalogueOf(db), plan)
  return html`<section><h2>Đơn vị</h2><ul class="lines">
${each(plan.opens, (unit) => html`<li><span><b>${unit.name}</b> ${origin(plan, unit.key, name)}</span><span class="muted">${unit.agencyCode}</span></li>`)}
${each(plan.renames, (unit) => html`<li><span>${name(unit.unit, true)} đổi thành <b>${unit.name}</b></span><span class="muted">${unit.agencyCode}</span></li>`)}
${when(ending(plan, name), (names) => html`<li><span>Kết thúc, không có đơn vị kế tục: ${names}</span></li>`)}
</ul></section>
<section><h2>Hồ sơ đang mở</h2>${flowTable(flows, name, plan)}</section>
<section><h2>Thủ tục và cán bộ</h2><ul class="lines"><li><span>Thủ tục đổi đơn vị giải quyết</span><span class="n">${plan.procedures.length}</span></li><li><span>Vị trí công tác mới</span><span class="n">${plan.officers.length}</span></li></ul></section>
<details class="block"><summary>Nội dung phương án (JSON)</summary><pre class="plan-json" tabindex="0" aria-label="Nội dung phương án">${JSON.stringify(plan, null, 2)}</pre></details>`
}

type NameOf = (key: string, before?: boolean) => string

function namesIn({ unitByKey }: Catalogue, plan: ReorganisationPlan): NameOf {
  const opened = new Map(plan.opens.map((unit) => [unit.key, unit.name]))
  return (key, before = false) =>
    opened.get(key) ?? unitName(unitByKey.get(key), before ? addDays(plan.on, -1) : plan.on)
}

const KINDS = {
  merge: 'hợp nhất từ',
  rename: 'đổi từ',
  split_part: 'nhận một phần của',
  transfer_function: 'nhận chức năng của',
} as const

function origin({ lineage }: ReorganisationPlan, key: string, name: NameOf): string {
  const groups = Map.groupBy(
    lineage.filter(({ to }) => to === key),
    ({ kind }) => kind,
  )
  return [...groups]
    .map(([kind, links]) => `${KINDS[kind]} ${links.map(({ from }) => name(from)).join(', ')}`)
    .join('; ')
}

function ending({ closes, lineage }: ReorganisationPlan, name: NameOf): string | null {
  const without = closes.filter((key) => !lineage.some(({ from }) => from === key))
  return without.map((key) => name(key)).join(', ') || null
}

function flowTable(flows: readonly PlanFlow[], name: NameOf, plan: ReorganisationPlan): Html {
  if (flows.length === 0) return html`<p class="muted">Không có hồ sơ nào đang mở phải chuyển.</p>`
  return html`<div class="scroll" role="region" aria-label="Hồ sơ đang mở" tabindex="0"><table class="data flows">
<caption class="sr">Hồ sơ đang mở của đơn vị nào chuyển về đâu</caption>
<thead><tr><th scope="col">Của</th><th scope="col">Về</th><th scope="col" class="n">Hồ sơ</th></tr></thead>
<tbody>${each(flows, ({ from, to, n }) => html`<tr><th scope="row">${name(from, true)}</th><td>${to === null ? html`<span class="tag overdue">${icon('overdue')}Chờ phân công đơn vị</span> <small class="muted">${plan.coordinator === null ? '' : `tạm giữ: ${name(plan.coordinator)}`}</small>` : name(to)}</td><td class="n">${formatCount(n)}</td></tr>`)}</tbody>
</table></div>`
}

/** Who decided it, and when it was recorded. */
export function recordedLine({ db }: Pick<Deps, 'db'>, row: ReorganisationRow): Html {
  const officer = row.actorId === null ? null : catalogueOf(db).officerById.get(row.actorId)
  return html`<p class="provenance"><span>${row.document}</span><span>ghi lúc ${shortMoment(row.recordedAt)}</span><span>${officer?.name ?? 'người vận hành'}</span></p>`
}
