import { type DayCloseRow, openedAgainBefore } from '../../db/queries/day-closes.ts'
import { submissionsDueBy } from '../../db/queries/day-desk.ts'
import { type DossierRow, dossierRowsById } from '../../db/queries/dossier-rows.ts'
import { foldersOnTheWay } from '../../db/queries/hand-overs.ts'
import { catalogueOf, type Unit } from '../catalogue/catalogue.ts'
import { folderTable } from '../custody/folder-table.ts'
import { unitsCameTo } from '../custody/standing.ts'
import type { Deps } from '../deps.ts'
import { addWorkingMinutes, type WorkCalendar } from '../domain/calendar/calendar.ts'
import { type Instant, type LocalDay, localDayOf } from '../domain/calendar/day.ts'
import { formatCount } from '../domain/counting/rate-format.ts'
import { FEE_PAYMENTS } from '../domain/life-cycle/dossier.ts'
import { dossierHref } from '../dossiers/dossier-table.ts'
import { receivingClock } from '../dossiers/receiving-clock-view.ts'
import { feeHref } from '../fees/owes-receipt.ts'
import { PAYMENT_LABELS } from '../fees/payment-labels.ts'
import { fullDay, moment, timeOfDay } from '../web/formats.ts'
import { type FormState, inputField, refusalView, textField, tickField } from '../web/forms.ts'
import { each, type Html, html, NOTHING, when } from '../web/html.ts'
import { icon } from '../web/icons.ts'
import { type DayFigures, dayFigures, figuresOf } from './day-figures.ts'
import { dayHref } from './day-href.ts'
import { hoursEnd } from './hours-end.ts'
import { tieView } from './tie-view.ts'
import { unclickedView } from './unclicked-view.ts'

/** Working hours within which an online submission still to be received is worth a word at the end of a day. */
const SOON_HOURS = 4

interface Standing {
  /** A closing that was opened again. */
  readonly close: DayCloseRow | null
  readonly state: FormState
  /** What was scanned and could not be closed. */
  readonly scan: FormState | undefined
  /** Whether whoever looks works at this desk. */
  readonly works: boolean
}

/** A day that is not closed: what is to be looked at, and the cash to be counted. */
export function dayView(
  deps: Deps,
  unit: Unit,
  day: LocalDay,
  { close, state, scan, works }: Standing,
): Html {
  const figures = dayFigures(deps, unit.id, day)
  const isToday = day === localDayOf(deps.clock.now())
  const earlier = openedAgainBefore(deps.db, unit.id, day)
  return html`${when(close, (row) => reopenedNote(row))}
<div class="columns">
<div>
${tieView(deps, figures, { unit, isLive: true })}
${isToday ? unclickedView(deps, unit, day, { works, scan }) : NOTHING}
</div>
<div class="day-end">${!works ? readOnly(deps, unit, day, figures, close) : earlier === null ? closeForm(deps, unit, day, figures, state) : earlierFirst(unit, earlier.day, state)}</div>
</div>
${isToday ? waitingView(deps, unit) : NOTHING}`
}

function reopenedNote(close: DayCloseRow): Html {
  const last = figuresOf(close).reopenings.at(-1)
  return when(
    last,
    ({ at, reason }) =>
      html`<p class="notice">Ngày này đã chốt lúc ${moment(close.closedAt)} và được mở lại lúc ${moment(at)}: ${reason}</p>`,
  )
}

/** For whoever does not work here: what the cash should be, and that nobody has closed the day. */
function readOnly(
  deps: Deps,
  unit: Unit,
  day: LocalDay,
  { cash, unreceipted }: DayFigures,
  close: DayCloseRow | null,
): Html {
  const receipts = new URLSearchParams({ unit: unit.key, ngay: day }).toString()
  return html`<section><h2>Tiền theo biên lai</h2><p class="muted">Ngày này chưa chốt${close === null ? '' : ' lại'}.</p>
<dl class="facts">${each(FEE_PAYMENTS, (payment) => html`<dt>${PAYMENT_LABELS[payment]}</dt><dd class="n">${formatCount(cash[payment].due)}</dd>`)}</dl>
${unreceiptedView(deps, unreceipted)}
<p><a href="/thu-phi?${receipts}">Xem biên lai</a></p></section>`
}

/** A day before this one stands open again: its money comes first. */
function earlierFirst(unit: Unit, earlier: LocalDay, state: FormState): Html {
  return html`<section><h2>Tiền thực có</h2>${refusalView(state)}
<p class="notice">Ngày ${fullDay(earlier)} đã được mở lại và chưa chốt lại. Chốt ngày ấy trước, rồi mới chốt ngày này.</p>
<p class="form-end"><a class="button primary" href="${dayHref(unit, earlier)}">Đến ngày ${fullDay(earlier)}</a></p></section>`
}

function closeForm(
  deps: Deps,
  unit: Unit,
  day: LocalDay,
  { cash, unreceipted }: DayFigures,
  state: FormState,
): Html {
  const line = (payment: (typeof FEE_PAYMENTS)[number]) => {
    const { due, receipts, voidedReceipts } = cash[payment]
    const hasAny = receipts + voidedReceipts > 0
    const words = `Theo biên lai ${formatCount(due)} đồng: ${receipts} biên lai, huỷ ${voidedReceipts}`
    return inputField(state, {
      name: payment,
      label: PAYMENT_LABELS[payment],
      hint: hasAny ? words : 'Trong ngày không có biên lai',
      required: hasAny,
      maxLength: 15,
      inputMode: 'numeric',
      value: hasAny ? '' : '0',
    })
  }
  return html`<form class="form" method="post" action="/cuoi-ngay"><input type="hidden" name="unit" value="${unit.key}"><input type="hidden" name="ngay" value="${day}">
<h2>Tiền thực có</h2>
${refusalView(state)}
${each(FEE_PAYMENTS, line)}
${unreceiptedView(deps, unreceipted)}
${textField(state, { name: 'cashNote', label: 'Lý do chênh lệch hoặc chưa lập biên lai (nếu có)', rows: 2 })}
${when(hoursEnd(deps, unit.id, day), (end) => tickField(state, { name: 'early', label: `Chốt trước giờ kết thúc ${timeOfDay(end)}`, hint: 'Hồ sơ và khoản thu sau khi chốt thuộc lần chốt sau.' }))}
<p class="form-end"><button class="button primary" type="submit">Chốt ngày</button><a href="/thu-phi?${new URLSearchParams({ unit: unit.key, ngay: day }).toString()}">Xem biên lai</a></p>
</form>`
}

/** Money that the dossiers speak of and the receipts do not. */
export function unreceiptedView({ db }: Pick<Deps, 'db'>, ids: readonly number[]): Html {
  if (ids.length === 0) return NOTHING
  const line = (row: DossierRow) =>
    html`<li><a class="code" href="${feeHref(row)}">${row.code ?? row.slipNumber}</a> <span class="muted">${row.applicant}</span></li>`
  return html`<div class="notice"><p>${formatCount(ids.length)} hồ sơ đã ghi nộp phí, chưa có biên lai:</p><ul class="lines">${each(dossierRowsById(db, ids), line)}</ul></div>`
}

/** What does not wait for tomorrow: folders on their way, and online submissions whose hours are over or end soon. */
function waitingView(deps: Deps, unit: Unit): Html {
  const { db, clock } = deps
  const catalogue = catalogueOf(db)
  const now = clock.now()
  const folders = foldersOnTheWay(db, unitsCameTo(catalogue.lineage, unit.id, localDayOf(now)))
  const calendar = catalogue.calendar(unit.id)
  const by = addWorkingMinutes(calendar, now, SOON_HOURS * 60)
  const submissions = dossierRowsById(db, submissionsDueBy(db, unit.id, by))
  const late = submissions.filter(({ receivingDueAt }) => (receivingDueAt ?? now) < now)
  const soon = submissions.filter((row) => !late.includes(row))
  return html`<section><div class="block-head"><h2>Bản giấy đang trên đường</h2><p>${folders.length} hồ sơ</p></div>${folderTable(deps, folders, { caption: 'Bản giấy đang trên đường', none: 'Không có bản giấy nào trên đường.' })}</section>
${when(late.length > 0, () => html`<section><div class="block-head"><h2>Trực tuyến đã quá 8 giờ tiếp nhận</h2><p>${late.length} hồ sơ</p></div>${submissionList(late, calendar, now)}</section>`)}
<section><div class="block-head"><h2>Trực tuyến sắp hết 8 giờ</h2><p>${soon.length} hồ sơ, trong ${SOON_HOURS} giờ làm việc tới</p></div>${soon.length === 0 ? html`<p class="muted">Không có hồ sơ nào.</p>` : submissionList(soon, calendar, now)}</section>`
}

function submissionList(rows: readonly DossierRow[], calendar: WorkCalendar, now: Instant): Html {
  return html`<ul class="lines">${each(rows, (row) => {
    const due = row.receivingDueAt ?? now
    const { isLate, text } = receivingClock(calendar, now, due)
    const meaning = isLate ? 'overdue' : 'due_soon'
    return html`<li><span><a class="code" href="${dossierHref(row)}">${row.code ?? row.slipNumber ?? 'chưa cấp mã'}</a> ${row.applicant} <small class="muted">tiếp nhận trước <time>${moment(due)}</time></small></span><span class="due ${meaning}">${icon(meaning)}<span class="due-distance">${text}</span></span></li>`
  })}</ul>`
}
