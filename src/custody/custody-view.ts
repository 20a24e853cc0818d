import type { FolderRow } from '../../db/queries/hand-overs.ts'
import type { Catalogue } from '../catalogue/catalogue.ts'
import { unitName } from '../catalogue/unit-choices.ts'
import { localDayOf } from '../domain/calendar/day.ts'
import { moment } from '../web/formats.ts'
import { each, type Html, html, NOTHING, when } from '../web/html.ts'
import { officerName, receiverOf, senderOf } from './ends.ts'
import { sheetHref } from './folder-table.ts'

/** On the page of a dossier: where its paper folder has been, the last first. */
export function custodyView(catalogue: Catalogue, chain: readonly FolderRow[]): Html {
  if (chain.length === 0) return NOTHING
  const line = (folder: FolderRow) => {
    const { number, toUnitId, unitId, sentAt, receivedAt, receivedById, recalledAt } = folder
    const received = (at: number) =>
      [`nhận ${moment(at)}`, officerName(catalogue, receivedById)].filter(Boolean).join(', ')
    const elsewhere = receivedAt !== null && unitId !== toUnitId && unitId
    return html`<li><span>${senderOf(catalogue, folder)} → ${receiverOf(catalogue, folder)}${when(elsewhere, (id) => html`<small class="muted custody-astray">nhận tại ${unitName(catalogue.unitById.get(id), localDayOf(sentAt))}</small>`)}<small class="muted custody-sheet"><a href="${sheetHref(number)}">${number}</a> · giao ${moment(sentAt)}</small></span><span class="n">${receivedAt !== null ? received(receivedAt) : recalledAt !== null ? `thu hồi ${moment(recalledAt)}` : 'đang trên đường'}</span></li>`
  }
  return html`<section id="ban-giay"><h2>Bản giấy</h2><ul class="lines">${each(chain.toReversed(), line)}</ul></section>`
}
