import { catalogueOf, type Unit } from '../catalogue/catalogue.ts'
import type { Deps } from '../deps.ts'
import type { LocalDay } from '../domain/calendar/day.ts'
import { formatCount } from '../domain/counting/rate-format.ts'
import { dossierHref } from '../dossiers/dossier-table.ts'
import { each, type Html, html, when } from '../web/html.ts'
import { dayCash } from './day-cash.ts'
import { PAYMENT_LABELS } from './payment-labels.ts'
import { linesAfterClose, type ReceiptLine, receiptLines, receiptSums } from './receipt-lines.ts'

/** The receipts of a unit's day, voided ones struck through, and what they come to by payment. */
export function dayReceiptsView(deps: Pick<Deps, 'db'>, unit: Unit, day: LocalDay): Html {
  const days = { from: day, to: day }
  const lines = receiptLines(deps, unit.id, days)
  const after = linesAfterClose(deps, unit.id, day)
  const sums = receiptSums(dayCash(deps, unit.id, days))
  return html`${lines.length === 0 ? html`<p class="muted">Trong ngày chưa thu khoản nào.</p>` : receiptTable(deps, lines, sums, { payers: true })}
${when(after.length > 0, () => html`<h3>Sau khi chốt ngày, thuộc lần chốt sau</h3>${receiptTable(deps, after, [], { payers: true })}`)}`
}

/** Receipts, a line each, and their sums. `payers`: with who paid. */
export function receiptTable(
  { db }: Pick<Deps, 'db'>,
  lines: readonly ReceiptLine[],
  sums: ReturnType<typeof receiptSums>,
  { payers }: { readonly payers: boolean },
): Html {
  const catalogue = catalogueOf(db)
  const line = ({ receipt, takenAt, isVoided, amount, isStruck, note }: ReceiptLine) => {
    const { number, code, dossierId, payer, payment, takenById } = receipt
    const taker = takenById === null ? undefined : catalogue.officerById.get(takenById)
    const shown = html`${formatCount(amount)}`
    return html`<tr${when(isVoided, () => html` class="voided"`)}><th scope="row" class="nowrap"><a class="code" href="${receiptHref(number)}">${isVoided ? html`<s>${number}</s>` : number}</a></th><td class="nowrap">${takenAt}</td><td class="nowrap"><a class="code" href="${dossierHref({ code, id: dossierId })}">${code}</a></td>${when(payers, () => html`<td>${payer ?? '–'}</td>`)}<td class="nowrap">${taker?.name ?? '–'}</td><td class="nowrap">${PAYMENT_LABELS[payment]}</td><td class="n">${isStruck ? html`<s>${shown}</s>` : shown}</td><td>${note}</td></tr>`
  }
  return html`<div class="scroll" role="region" aria-label="Biên lai trong ngày" tabindex="0"><table class="data receipts"><caption class="sr">Biên lai trong ngày</caption>
<thead><tr><th scope="col">Biên lai</th><th scope="col">Lúc</th><th scope="col">Hồ sơ</th>${when(payers, () => html`<th scope="col">Người nộp</th>`)}<th scope="col">Người thu</th><th scope="col">Cách nộp</th><th scope="col" class="n">Số tiền</th><th scope="col">Ghi chú</th></tr></thead>
<tbody>${each(lines, line)}</tbody>
<tfoot>${each(sums, ({ label, due }) => html`<tr><th scope="row" colspan="${payers ? 5 : 4}">${label}</th><td></td><td class="n">${formatCount(due)}</td><td></td></tr>`)}</tfoot></table></div>`
}

/** `/thu-phi/BL-…` */
export function receiptHref(number: string): string {
  return `/thu-phi/${encodeURIComponent(number)}`
}
