import type { FolderRow } from '../../db/queries/hand-overs.ts'
import type { Catalogue } from '../catalogue/catalogue.ts'
import { unitName } from '../catalogue/unit-choices.ts'
import { localDayOf } from '../domain/calendar/day.ts'
import { shortMoment } from '../web/formats.ts'
import { each, type Html, html, NOTHING, when } from '../web/html.ts'
import { sheetHref } from './folder-table.ts'

/** On the page of a dossier: where its paper folder has been, the last first. */
export function custodyView(catalogue: Catalogue, chain: readonly FolderRow[]): Html {
  if (chain.length === 0) return NOTHING
  const name = (unitId: number, at: number) => unitName(catalogue.unitById.get(unitId), localDayOf(at))
  const line = (folder: FolderRow) => {
    const { number, fromUnitId, toUnitId, unitId, sentAt, receivedAt, recalledAt } = folder
    return html`<li><span>${name(fromUnitId, sentAt)} → ${name(toUnitId, sentAt)}${when(receivedAt !== null && unitId !== toUnitId && unitId, (id) => html`<small class="muted custody-astray">nhận tại ${name(id, sentAt)}</small>`)}<small class="muted custody-sheet"><a href="${sheetHref(number)}">${number}</a> · giao ${shortMoment(sentAt)}</small></span><span class="n">${receivedAt !== null ? `nhận ${shortMoment(receivedAt)}` : recalledAt !== null ? `thu hồi ${shortMoment(recalledAt)}` : 'đang trên đường'}</span></li>`
  }
  return html`<section id="ban-giay"><h2>Bản giấy</h2><ul class="lines">${each(chain.toReversed(), line)}</ul></section>`
}
