import { closedFrom } from '../../db/queries/day-closes.ts'
import type { StoredDossier } from '../../db/queries/dossiers.ts'
import { receiptsOf } from '../../db/queries/fee-receipts.ts'
import { catalogueOf } from '../catalogue/catalogue.ts'
import type { Deps } from '../deps.ts'
import { localDayOf } from '../domain/calendar/day.ts'
import { formatCount } from '../domain/counting/rate-format.ts'
import { FEE_PAYMENTS } from '../domain/life-cycle/dossier.ts'
import { STATE_LABELS } from '../domain/life-cycle/life-cycle.ts'
import { dossierHref } from '../dossiers/dossier-table.ts'
import { maskedPerson } from '../dossiers/masked-person.ts'
import { moment } from '../web/formats.ts'
import { choiceField, EMPTY_FORM, type FormState, formView, inputField, refusalView } from '../web/forms.ts'
import { type Html, html, when } from '../web/html.ts'
import { receiptHref } from './day-receipts-view.ts'
import { validReceipt } from './owes-receipt.ts'
import { PAYMENT_LABELS } from './payment-labels.ts'

/** The first half: whose fee it is. A scanner types the code and Enter. */
export function findForm(unit: string, state: FormState): Html {
  return html`<form class="scan" method="get" action="/thu-phi"><input type="hidden" name="unit" value="${unit}">
${refusalView(state)}
<div class="scan-head">${inputField(EMPTY_FORM, { name: 'ma', label: 'Quét mã hồ sơ', maxLength: 60, required: true, first: true })}<p class="scan-add"><button class="button primary" type="submit">Tìm</button></p></div></form>`
}

/** The second half: how much, and how it is paid. */
export function takeForm(deps: Deps, dossier: StoredDossier, unit: string, state: FormState): Html {
  const { db, clock } = deps
  const { code, fee, feePaidAt, feePayment } = dossier
  const valid = validReceipt(receiptsOf(db, dossier.id))
  const procedure = catalogueOf(db).procedureById.get(dossier.procedureId)
  const options = FEE_PAYMENTS.map((value) => ({ value, label: PAYMENT_LABELS[value] }))
  const isClosed = closedFrom(db, dossier.receivingUnitId, localDayOf(feePaidAt ?? clock.now())) !== null
  const fields = html`${when(isClosed, () => html`<p class="notice">Ngày đã chốt: khoản thu từ lúc ấy thuộc tiền của lần chốt sau.</p>`)}<input type="hidden" name="unit" value="${unit}"><input type="hidden" name="code" value="${code ?? `so-${dossier.id}`}">
<div class="form-row">${choiceField(state, { name: 'payment', label: 'Cách nộp', options, required: true, value: feePayment ?? 'cash' })}${inputField(state, { name: 'amount', label: 'Số tiền (đồng)', value: formatCount(fee), maxLength: 15, required: true, first: true, inputMode: 'numeric' })}</div>`
  const form = formView({
    action: '/thu-phi',
    state,
    fields,
    submit: feePaidAt === null ? 'Thu và lập biên lai' : 'Lập biên lai',
    beside: html`<a href="/thu-phi?unit=${encodeURIComponent(unit)}">Hồ sơ khác</a>`,
  })
  const paid =
    feePaidAt === null
      ? 'chưa nộp'
      : `đã ghi nộp ${PAYMENT_LABELS[feePayment ?? 'cash'].toLowerCase()} lúc ${moment(feePaidAt)}, chưa có biên lai`
  return html`<section class="fee"><h2><a class="code" href="${dossierHref(dossier)}">${code}</a></h2>
<dl class="facts"><dt>Người nộp</dt><dd>${maskedPerson(deps, dossier.applicantId)?.name ?? '–'}</dd><dt>Thủ tục</dt><dd>${procedure?.name}</dd><dt>Trạng thái</dt><dd>${STATE_LABELS[dossier.state]}</dd><dt>Phí, lệ phí</dt><dd class="n">${fee === 0 ? 'không thu' : `${formatCount(fee)} đồng`}${fee > 0 && valid === undefined ? `, ${paid}` : ''}</dd></dl>
${valid === undefined ? form : html`${when(state.refusal, () => refusalView(state))}<p class="notice">Đã có biên lai <a class="code" href="${receiptHref(valid.number)}">${valid.number}</a>.</p>`}</section>`
}
