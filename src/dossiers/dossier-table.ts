import type { DossierRow } from '../../db/queries/dossier-rows.ts'
import { type Catalogue, versionBy } from '../catalogue/catalogue.ts'
import type { LocalDay } from '../domain/calendar/day.ts'
import { STATE_LABELS } from '../domain/life-cycle/life-cycle.ts'
import { moment } from '../web/formats.ts'
import { each, type Html, html, when } from '../web/html.ts'
import { standingOf } from './due-standing.ts'
import { dueView } from './due-view.ts'

export interface TableContext {
  readonly catalogue: Catalogue
  readonly today: LocalDay
  readonly caption: string
  /** What each row is counted as, where a list holds several counters. */
  readonly groupOf?: (row: DossierRow, index: number) => string
  /** The list is what the page is for: j, k and Enter work on it. */
  readonly keys?: true
}

/** Dossiers, a line each: due, code, procedure, applicant, unit, state. */
export function dossierTable(rows: readonly DossierRow[], context: TableContext): Html {
  const { groupOf, caption, keys } = context
  return html`<div class="scroll" role="region" aria-label="${caption}" tabindex="0"><table class="data dossiers${groupOf ? ' grouped' : ''}"${when(keys, () => html` data-keys`)}>
<caption class="sr">${caption}</caption>
<thead><tr><th scope="col" class="col-due">Hạn trả</th><th scope="col" class="col-code">Mã hồ sơ</th><th scope="col">Thủ tục</th><th scope="col" class="col-name">Người nộp</th><th scope="col" class="col-unit">Đơn vị giải quyết</th><th scope="col" class="col-state">${groupOf ? 'Được tính là' : 'Trạng thái'}</th></tr></thead>
<tbody>
${each(rows, (row, index) => line(row, context, groupOf?.(row, index)))}
</tbody></table></div>`
}

function line(row: DossierRow, { catalogue, today }: TableContext, group: string | undefined): Html {
  const procedure = catalogue.procedureById.get(row.procedureId)
  const unit = catalogue.unitById.get(row.unitId)
  const day = row.acceptedOn ?? today
  const version = unit && versionBy(unit.versions, day)
  return html`<tr>
<td class="col-due">${dueCell(row, catalogue, today)}</td>
<th scope="row" class="col-code"><a class="code" href="${dossierHref(row)}">${row.code ?? row.slipNumber ?? 'chưa cấp mã'}</a></th>
<td class="clip" title="${procedure?.name}">${procedure?.name}</td>
<td class="clip col-name" title="${row.applicant}">${row.applicant ?? '–'}</td>
<td class="clip col-unit" title="${version?.name}">${version?.shortName}</td>
<td class="col-state nowrap">${group ?? STATE_LABELS[row.state]}${row.endEnteredLate === 1 ? ' · khép muộn' : ''}</td>
</tr>`
}

function dueCell(row: DossierRow, catalogue: Catalogue, today: LocalDay): Html {
  const standing = standingOf(row, catalogue.calendar(row.receivingUnitId), today)
  if (standing !== null && row.dueOn !== null) return dueView(row.dueOn, standing)
  if (row.state !== 'submitted' || row.receivingDueAt === null)
    return html`<span class="muted">không có hạn trả</span>`
  return html`<span class="muted">tiếp nhận trước <time>${moment(row.receivingDueAt)}</time></span>`
}

/** Where a dossier is shown: under its code, or its number in this installation while it has none. */
export function dossierHref({ code, id }: Pick<DossierRow, 'code' | 'id'>): string {
  return `/ho-so/${encodeURIComponent(code ?? `so-${id}`)}`
}
