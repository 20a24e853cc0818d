import { type FeeReceiptRow, receiptsOfDays } from '../../db/queries/fee-receipts.ts'
import type { Deps } from '../deps.ts'
import { addDays, type Instant, type LocalDay, localDayOf } from '../domain/calendar/day.ts'
import { FEE_PAYMENTS } from '../domain/life-cycle/dossier.ts'
import { moment, timeOfDay } from '../web/formats.ts'
import type { Cash } from './day-cash.ts'
import { PAYMENT_LABELS } from './payment-labels.ts'

export interface Days {
  readonly from: LocalDay
  readonly to: LocalDay
}

/** A receipt as it stood at the end of some days, and what it does to their cash. */
export interface ReceiptLine {
  readonly receipt: FeeReceiptRow
  readonly takenAt: string
  readonly isVoided: boolean
  /** đồng; below zero where the money of earlier days was given back. */
  readonly amount: number
  /** Taken and given back within these days: nothing is left of it. */
  readonly isStruck: boolean
  /** “huỷ 10:15: ghi nhầm” */
  readonly note: string
}

/** The receipts a unit took or voided on these days, by number. What is not struck comes to what is due. */
export function receiptLines({ db }: Pick<Deps, 'db'>, unitId: number, days: Days): readonly ReceiptLine[] {
  const { from, to } = days
  return receiptsOfDays(db, unitId, from, to).map((receipt) => {
    const { takenOn, takenAt, amount, voidedOn, voidedAt, voidReason } = receipt
    const isVoided = voidedOn !== null && voidedOn <= to
    const isTaken = takenOn >= from
    const reason = voidReason === null ? '' : `: ${voidReason}`
    return {
      receipt,
      takenAt: momentIn(days, takenAt),
      isVoided,
      amount: isTaken ? amount : -amount,
      isStruck: isVoided && isTaken,
      note: isVoided && voidedAt !== null ? `huỷ ${momentIn(days, voidedAt)}${reason}` : '',
    }
  })
}

/** What was taken or voided on a day after it had been closed: it belongs to the next one. */
export function linesAfterClose(
  deps: Pick<Deps, 'db'>,
  unitId: number,
  day: LocalDay,
): readonly ReceiptLine[] {
  const next = addDays(day, 1)
  const isOf = (on: LocalDay | null, at: Instant | null) =>
    on === next && at !== null && localDayOf(at) <= day
  return receiptLines(deps, unitId, { from: next, to: next }).filter(
    ({ receipt: { takenOn, takenAt, voidedOn, voidedAt } }) =>
      isOf(takenOn, takenAt) || isOf(voidedOn, voidedAt),
  )
}

/** What the receipts of each payment come to: “Tiền mặt: 2 biên lai, huỷ 1”. */
export function receiptSums(
  cash: Readonly<Record<(typeof FEE_PAYMENTS)[number], Pick<Cash, 'receipts' | 'voidedReceipts' | 'due'>>>,
): readonly { readonly label: string; readonly due: number }[] {
  return FEE_PAYMENTS.filter((payment) => cash[payment].receipts + cash[payment].voidedReceipts > 0).map(
    (payment) => {
      const { receipts, voidedReceipts, due } = cash[payment]
      return { label: `${PAYMENT_LABELS[payment]}: ${receipts} biên lai, huỷ ${voidedReceipts}`, due }
    },
  )
}

/** The hour alone where there is but one day it can be of. */
function momentIn({ from, to }: Days, at: Instant): string {
  return from === to && localDayOf(at) === to ? timeOfDay(at) : moment(at)
}
