import { slipsOf } from '../../db/queries/emergency-slips.ts'
import type { Unit } from '../catalogue/catalogue.ts'
import type { Deps } from '../deps.ts'
import { dossierHref } from '../dossiers/dossier-table.ts'
import { longDay, moment, shortMoment } from '../web/formats.ts'
import { each, type Html, html } from '../web/html.ts'
import { waitingRows } from './waiting-rows.ts'

const SHOWN = 50

/** Rows entered before, the newest first; on top those that wait for approval. */
export function enteredView(deps: Deps, shop: Unit): Html {
  const waiting = waitingRows(deps, shop.id).toReversed()
  const entered = slipsOf(deps.db, shop.id, 'used', SHOWN)
  if (waiting.length + entered.length === 0) return html`<p class="muted">Chưa nhập bù phiếu nào.</p>`
  return html`<section><h2>Đã nhập</h2><div class="scroll" role="region" aria-label="Đã nhập" tabindex="0"><table class="data">
<caption class="sr">Phiếu đã nhập bù, mới nhất trước</caption>
<thead><tr><th scope="col">Số phiếu</th><th scope="col">Mã hồ sơ</th><th scope="col">Người nộp</th><th scope="col">Nhận lúc</th><th scope="col">Hạn trả</th><th scope="col">Nhập lúc</th></tr></thead>
<tbody>${each(waiting, ({ id, slip, input: { applicant, at }, requestedAt }) => html`<tr><th scope="row" class="nowrap">${slip}</th><td class="nowrap"><a href="/quan-tri/dinh-chinh#de-nghi-${id}">chờ duyệt</a></td><td>${applicant.name}</td><td class="nowrap">${at === undefined ? '–' : moment(at)}</td><td>–</td><td class="nowrap">${shortMoment(requestedAt)}</td></tr>`)}${each(entered, (row) => html`<tr><th scope="row" class="nowrap">${row.number}</th><td class="nowrap"><a class="code" href="${dossierHref({ code: row.code, id: row.dossierId ?? 0 })}">${row.code}</a></td><td>${row.applicant ?? '–'}</td><td class="nowrap">${row.acceptedAt === null ? '–' : moment(row.acceptedAt)}</td><td class="nowrap">${row.dueOn === null ? '–' : longDay(row.dueOn)}</td><td class="nowrap">${row.enteredAt === null ? '' : shortMoment(row.enteredAt)}</td></tr>`)}</tbody></table></div></section>`
}
