import type { FolderRow } from '../../db/queries/hand-overs.ts'
import type { Catalogue } from '../catalogue/catalogue.ts'
import { unitName } from '../catalogue/unit-choices.ts'
import { localDayOf } from '../domain/calendar/day.ts'
import { moment } from '../web/formats.ts'
import { each, type Html, html, NOTHING, when } from '../web/html.ts'
import { officerName, pathOf } from './ends.ts'
import { sheetHref } from './folder-table.ts'

/** On the page of a dossier: where its paper folder has been, the last first. */
export function custodyView(catalogue: Catalogue, chain: readonly FolderRow[]): Html {
  if (chain.length === 0) return NOTHING
  const line = (folder: FolderRow) => {
    const { number, fromUnitId, toUnitId, unitId, sentAt, receivedAt, receivedById, recalledAt } = folder
    const by = officerName(catalogue, receivedById)
    const where = unitName(catalogue.unitById.get(unitId), localDayOf(sentAt))
    const place = unitId === toUnitId ? [] : [`${unitId === fromUnitId ? 'nhận lại' : 'nhận'} tại ${where}`]
    const received = [...place, ...(by === undefined ? [] : [`người nhận ${by}`])].join(', ')
    return html`<li><span>${pathOf(catalogue, folder)}<small class="muted custody-sheet"><a href="${sheetHref(number)}">${number}</a> · giao ${moment(sentAt)}</small>${when(receivedAt !== null && received !== '', () => html`<small class="muted custody-astray">${received}</small>`)}</span><span class="n">${receivedAt !== null ? `nhận ${moment(receivedAt)}` : recalledAt !== null ? `thu hồi ${moment(recalledAt)}` : 'đang trên đường'}</span></li>`
  }
  return html`<section id="ban-giay"><h2>Bản giấy</h2><ul class="lines">${each(chain.toReversed(), line)}</ul></section>`
}
