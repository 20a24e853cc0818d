import type { DayCloseRow } from '../../db/queries/day-closes.ts'
import { dueIdsOn } from '../../db/queries/day-desk.ts'
import { dossierRowsById } from '../../db/queries/dossier-rows.ts'
import { catalogueOf, type Unit } from '../catalogue/catalogue.ts'
import type { Deps } from '../deps.ts'
import { addWorkingDays } from '../domain/calendar/calendar.ts'
import { localDayOf } from '../domain/calendar/day.ts'
import { formatCount } from '../domain/counting/rate-format.ts'
import { FEE_PAYMENTS } from '../domain/life-cycle/dossier.ts'
import { dossierTable } from '../dossiers/dossier-table.ts'
import { receiptTable } from '../fees/day-receipts-view.ts'
import { PAYMENT_LABELS } from '../fees/payment-labels.ts'
import { linesAfterClose, receiptLines, receiptSums } from '../fees/receipt-lines.ts'
import { longDay, moment } from '../web/formats.ts'
import { EMPTY_FORM, type FormState, formView, inputField, type Typed } from '../web/forms.ts'
import { each, type Html, html, NOTHING, when } from '../web/html.ts'
import { icon } from '../web/icons.ts'
import { asPaper } from '../web/paper-preview.ts'
import { type ClosedFigures, figuresOf, writtenSince } from './day-figures.ts'
import { unreceiptedView } from './day-view.ts'
import { tieView } from './tie-view.ts'

/** What was sent about a day and refused. */
export interface DayForms {
  readonly closing?: FormState
  readonly reopening?: FormState
  /** A code that was scanned and leads to no dossier. */
  readonly scan?: FormState
}

interface Showing {
  readonly forms: DayForms
  /** Whether whoever looks works at this desk. */
  readonly works: boolean
}

/** A closed day, as it was closed; and what the next one opens with. */
export function closedView(deps: Deps, unit: Unit, close: DayCloseRow, showing: Showing): Html {
  const { forms, works } = showing
  const catalogue = catalogueOf(deps.db)
  const figures = figuresOf(close)
  const closer = close.closedById === null ? undefined : catalogue.officerById.get(close.closedById)
  const state = forms.reopening ?? EMPTY_FORM
  const query = new URLSearchParams({ unit: unit.key, ngay: close.day }).toString()
  const reopening = formView({
    action: '/cuoi-ngay/mo-lai',
    state,
    fields: html`<input type="hidden" name="unit" value="${unit.key}"><input type="hidden" name="ngay" value="${close.day}">${inputField(state, { name: 'reason', label: 'Lý do mở lại', required: true, maxLength: 500, hint: 'Chỉ người đứng đầu; lý do được giữ lại và in vào sổ.' })}`,
    submit: 'Mở lại ngày',
  })
  return html`${when(forms.closing, ({ typed }) => closedBefore(close, closer?.name, typed))}
<p class="day-closed">${icon('check', 20)}<span>Đã chốt lúc ${moment(close.closedAt)}${when(closer, ({ name }) => html`, ${name}`)}.</span> ${when(works || close.documentId !== null, () => html`<a class="button primary" href="/cuoi-ngay/so.pdf?${query}"${asPaper(`Sổ trong ngày ${longDay(close.day)}`)} data-key="p">Xem và in sổ trong ngày <kbd>p</kbd></a>`)}</p>
<div class="columns">
<div>${tieView(deps, figures, { unit, isLive: false })}</div>
<div class="day-end">${cashView(figures)}${each(figures.reopenings, ({ at, reason }) => html`<p class="muted">Mở lại lúc ${moment(at)}: ${reason}</p>`)}
${when(works, () => html`<details class="reopen"${when(state.refusal !== null, () => html` open`)}><summary>Mở lại ngày này</summary>${reopening}</details>`)}</div>
</div>
${receiptsOf(deps, close)}
${afterClose(deps, close)}
${opensWith(deps, unit, close)}`
}

/** Somebody closed the day while another typed: nothing is written twice, and nothing that was typed is lost. */
function closedBefore({ closedAt }: DayCloseRow, closer: string | undefined, typed: Typed): Html {
  const counted = FEE_PAYMENTS.filter((payment) => typed[payment]).map(
    (payment) => `${PAYMENT_LABELS[payment].toLowerCase()} ${typed[payment]}`,
  )
  const note = typed['cashNote'] ? [`lý do “${typed['cashNote']}”`] : []
  return html`<div class="notice" role="alert"><p>Ngày này đã được ${closer ?? 'người khác'} chốt lúc ${moment(closedAt)}, nên lần chốt vừa gửi không ghi gì.</p>${when(counted.length > 0, () => html`<p>Vừa nhập: ${[...counted, ...note].join('; ')}.</p>`)}</div>`
}

/** What came since, on the same day: it belongs to the next closing. */
function afterClose(deps: Deps, close: DayCloseRow): Html {
  const { db, clock } = deps
  const catalogue = catalogueOf(db)
  const figures = figuresOf(close)
  const { received, unreceipted } = writtenSince(deps, close.unitId, figures)
  const lines = linesAfterClose(deps, close.unitId, close.day)
  if (received.length + unreceipted.length + lines.length === 0) return NOTHING
  const rows = dossierRowsById(db, received)
  return html`<section><div class="block-head"><h2>Sau khi chốt</h2><p>${formatCount(received.length)} hồ sơ tiếp nhận, ${formatCount(lines.length + unreceipted.length)} khoản phí; thuộc lần chốt sau</p></div>
${when(rows.length > 0, () => dossierTable(rows, { catalogue, today: localDayOf(clock.now()), caption: 'Hồ sơ tiếp nhận sau khi chốt' }))}
${when(lines.length > 0, () => receiptTable(deps, lines, [], { payers: false }))}
${unreceiptedView(deps, unreceipted)}</section>`
}

/** Every receipt of the days, as the register prints it. */
function receiptsOf(deps: Deps, close: DayCloseRow): Html {
  const { from, to, cash } = figuresOf(close)
  const lines = receiptLines(deps, close.unitId, { from, to })
  return html`<section><div class="block-head"><h2>Biên lai</h2><p>${lines.length} biên lai thu hoặc huỷ</p></div>${lines.length === 0 ? html`<p class="muted">Không thu khoản nào.</p>` : receiptTable(deps, lines, receiptSums(cash), { payers: false })}</section>`
}

function cashView({ cash, counting, cashNote, unreceipted }: ClosedFigures): Html {
  const line = (payment: (typeof FEE_PAYMENTS)[number]) => {
    const off = counting[payment] - cash[payment].due
    return html`<dt>${PAYMENT_LABELS[payment]}</dt><dd class="n">${formatCount(counting[payment])}${off === 0 ? NOTHING : html` <span class="tag overdue">lệch ${formatCount(off)}</span>`}</dd>`
  }
  return html`<section><h2>Tiền thực có</h2><dl class="facts">${each(FEE_PAYMENTS, line)}</dl>${when(unreceipted.length > 0, () => html`<p>${formatCount(unreceipted.length)} hồ sơ đã ghi nộp phí, chưa có biên lai.</p>`)}${when(cashNote, (note) => html`<p>Lý do: ${note}</p>`)}</section>`
}

/** The next day opens with what is due on it or overdue by then. Only of the day that has just ended. */
function opensWith({ db, clock }: Deps, unit: Unit, close: DayCloseRow): Html {
  const today = localDayOf(clock.now())
  const catalogue = catalogueOf(db)
  const next = addWorkingDays(catalogue.calendar(unit.id), close.day, 1)
  if (next < today) return NOTHING
  const due = dossierRowsById(db, dueIdsOn(db, unit.id, next))
  return html`<section><div class="block-head"><h2>Mở đầu ${longDay(next)}</h2><p>${due.length} hồ sơ đến hạn hoặc quá hạn</p></div>${due.length === 0 ? html`<p class="muted">Không có hồ sơ nào đến hạn.</p>` : dossierTable(due, { catalogue, today, caption: 'Hồ sơ đến hạn ngày làm việc tới' })}</section>`
}
