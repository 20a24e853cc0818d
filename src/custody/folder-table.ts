import type { FolderRow } from '../../db/queries/hand-overs.ts'
import { catalogueOf, versionBy } from '../catalogue/catalogue.ts'
import { unitName } from '../catalogue/unit-choices.ts'
import type { Deps } from '../deps.ts'
import { type Instant, type LocalDay, localDayOf } from '../domain/calendar/day.ts'
import { dossierHref } from '../dossiers/dossier-table.ts'
import { nearMoment } from '../web/formats.ts'
import { each, type Html, html, NOTHING } from '../web/html.ts'
import { officerName, receiverOf } from './ends.ts'
import { cameBack, isTooLong, minutesOnTheWay, wentAstray } from './standing.ts'

export interface FolderTable {
  readonly caption: string
  /** What to say where there is none. */
  readonly none: string
  /** All of one sheet: its number stands above. */
  readonly ofSheet?: true
}

/** Folders, a line each: code, procedure, from where to where, and how far that is. */
export function folderTable(
  deps: Pick<Deps, 'db' | 'clock'>,
  folders: readonly FolderRow[],
  { caption, none, ofSheet }: FolderTable,
): Html {
  if (folders.length === 0) return html`<p class="muted">${none}</p>`
  const catalogue = catalogueOf(deps.db)
  const name = (unitId: number, at: number) => {
    const unit = catalogue.unitById.get(unitId)
    const day = localDayOf(at)
    return html`<td class="nowrap" title="${unitName(unit, day)}">${versionBy(unit?.versions ?? [], day)?.shortName ?? '–'}</td>`
  }
  return html`<div class="scroll" role="region" aria-label="${caption}" tabindex="0"><table class="data folders">
<caption class="sr">${caption}</caption>
<thead><tr><th scope="col">Mã hồ sơ</th><th scope="col">Từ</th><th scope="col">Đến</th><th scope="col">Người giao</th><th scope="col">Giao lúc</th>${ofSheet ? NOTHING : html`<th scope="col">Phiếu</th>`}<th scope="col">Tình trạng</th></tr></thead>
<tbody>${each(folders, (folder) => {
    const person = officerName(catalogue, folder.toOfficerId)
    return html`<tr><th scope="row" class="nowrap"><a class="code" href="${dossierHref({ code: folder.code, id: folder.dossierId })}">${folder.code}</a></th>
${name(folder.fromUnitId, folder.sentAt)}${person === undefined ? name(folder.toUnitId, folder.sentAt) : html`<td class="nowrap" title="${receiverOf(catalogue, folder)}">${person}</td>`}<td class="nowrap">${officerName(catalogue, folder.sentById) ?? '–'}</td>
<td class="nowrap">${nearMoment(folder.sentAt, localDayOf(deps.clock.now()))}</td>${ofSheet ? NOTHING : html`<td class="nowrap"><a class="code" href="${sheetHref(folder.number)}">${folder.number}</a></td>`}<td class="nowrap">${standing(deps, folder)}</td></tr>`
  })}</tbody></table></div>`
}

/** `/ban-giao/phieu/BG-…` */
export function sheetHref(number: string): string {
  return `/ban-giao/phieu/${encodeURIComponent(number)}`
}

/** “trên đường 5 giờ 20 phút”, “đã nhận 06/03 10:15, Lê Thị Hoa”, “lạc, Xã … nhận 06/03 10:15”, “nhận lại …”. */
function standing(deps: Pick<Deps, 'db' | 'clock'>, folder: FolderRow): Html {
  const { receivedAt, recalledAt } = folder
  const now = deps.clock.now()
  const today = localDayOf(now)
  if (recalledAt !== null) return html`<span class="muted">thu hồi ${nearMoment(recalledAt, today)}</span>`
  if (receivedAt !== null) return receipt(deps, folder, receivedAt, today)
  const spent = workingTime(minutesOnTheWay(deps, folder, now))
  return isTooLong(deps, folder, now)
    ? html`<span class="tag overdue">quá lâu: ${spent} làm việc</span>`
    : html`<span>trên đường ${spent}</span>`
}

/** Where and by whom it was received, and whether that is where and who it had been sent to. */
function receipt(deps: Pick<Deps, 'db'>, folder: FolderRow, receivedAt: Instant, today: LocalDay): Html {
  const catalogue = catalogueOf(deps.db)
  const { toOfficerId, receivedById, unitId } = folder
  const by = officerName(catalogue, receivedById)
  const said = [nearMoment(receivedAt, today), by].filter(Boolean).join(', ')
  if (wentAstray(deps, folder)) {
    const unit = unitName(catalogue.unitById.get(unitId), localDayOf(receivedAt))
    return html`<span class="tag due_soon">lạc, ${unit} nhận ${said}</span>`
  }
  if (cameBack(deps, folder)) return html`<span class="tag due_soon">nhận lại ${said}</span>`
  const isOther = toOfficerId !== null && receivedById !== toOfficerId
  return isOther
    ? html`<span class="tag due_soon">đã nhận ${said} nhận thay</span>`
    : html`<span class="tag in_time">đã nhận ${said}</span>`
}

/** 320 → '5 giờ 20 phút' */
function workingTime(minutes: number): string {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60]
  if (hours === 0) return `${rest} phút`
  return rest === 0 ? `${hours} giờ` : `${hours} giờ ${rest} phút`
}
