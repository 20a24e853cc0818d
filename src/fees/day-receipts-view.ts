import { type FeeReceiptRow, receiptsOfDays } from '../../db/queries/fee-receipts.ts'
import { catalogueOf, type Unit } from '../catalogue/catalogue.ts'
import type { Deps } from '../deps.ts'
import type { LocalDay } from '../domain/calendar/day.ts'
import { formatCount } from '../domain/counting/rate-format.ts'
import { FEE_PAYMENTS } from '../domain/life-cycle/dossier.ts'
import { dossierHref } from '../dossiers/dossier-table.ts'
import { timeOfDay } from '../web/formats.ts'
import { each, type Html, html, when } from '../web/html.ts'
import { dayCash } from './day-cash.ts'
import { PAYMENT_LABELS } from './payment-labels.ts'

/** The receipts of a unit's day, voided ones struck through, and what they come to by payment. */
export function dayReceiptsView(deps: Pick<Deps, 'db'>, unit: Unit, day: LocalDay): Html {
  const receipts = receiptsOfDays(deps.db, unit.id, day, day)
  if (receipts.length === 0) return html`<p class="muted">Trong ngày chưa thu khoản nào.</p>`
  const catalogue = catalogueOf(deps.db)
  const cash = dayCash(deps, unit.id, { from: day, to: day })
  const line = (receipt: FeeReceiptRow) => {
    const { number, code, dossierId, payer, amount, payment, takenAt, takenById, voidedOn } = receipt
    const taker = takenById === null ? undefined : catalogue.officerById.get(takenById)
    const given = receipt.takenOn === day ? amount : -amount
    const shown = html`${formatCount(given)}`
    return html`<tr${when(voidedOn !== null, () => html` class="voided"`)}><th scope="row" class="nowrap"><a class="code" href="${receiptHref(number)}">${voidedOn === null ? number : html`<s>${number}</s>`}</a></th><td class="nowrap">${receipt.takenOn === day ? timeOfDay(takenAt) : 'ngày trước'}</td><td class="nowrap"><a class="code" href="${dossierHref({ code, id: dossierId })}">${code}</a></td><td>${payer ?? '–'}</td><td class="nowrap">${taker?.name ?? '–'}</td><td class="nowrap">${PAYMENT_LABELS[payment]}</td><td class="n">${voidedOn === null ? shown : html`<s>${shown}</s>`}</td><td>${voidedOn === null ? '' : 'đã huỷ'}</td></tr>`
  }
  return html`<div class="scroll" role="region" aria-label="Biên lai trong ngày" tabindex="0"><table class="data receipts"><caption class="sr">Biên lai trong ngày</caption>
<thead><tr><th scope="col">Biên lai</th><th scope="col">Lúc</th><th scope="col">Hồ sơ</th><th scope="col">Người nộp</th><th scope="col">Người thu</th><th scope="col">Cách nộp</th><th scope="col" class="n">Số tiền</th><th scope="col">Ghi chú</th></tr></thead>
<tbody>${each(receipts, line)}</tbody>
<tfoot>${each(
    FEE_PAYMENTS.filter((payment) => cash[payment].receipts + cash[payment].voidedReceipts > 0),
    (payment) =>
      html`<tr><th scope="row" colspan="5">${PAYMENT_LABELS[payment]}: ${cash[payment].receipts} biên lai, huỷ ${cash[payment].voidedReceipts}</th><td></td><td class="n">${formatCount(cash[payment].due)}</td><td></td></tr>`,
  )}</tfoot></table></div>`
}

/** `/thu-phi/BL-…` */
export function receiptHref(number: string): string {
  return `/thu-phi/${encodeURIComponent(number)}`
}
