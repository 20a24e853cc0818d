import { cashOfDays, type PaymentSum } from '../../db/queries/fee-receipts.ts'
import type { Deps } from '../deps.ts'
import type { LocalDay } from '../domain/calendar/day.ts'
import { FEE_PAYMENTS, type FeePayment } from '../domain/life-cycle/dossier.ts'

/** What receipts say of one payment: `due` is taken less voided, đồng. */
export interface Cash extends Omit<PaymentSum, 'payment'> {
  readonly due: number
}

/** By payment, what a unit must have in hand from these days. */
export function dayCash(
  { db }: Pick<Deps, 'db'>,
  unitId: number,
  { from, to }: { readonly from: LocalDay; readonly to: LocalDay },
): Readonly<Record<FeePayment, Cash>> {
  const sums = cashOfDays(db, unitId, from, to)
  const cashOf = (payment: FeePayment): Cash => {
    const { payment: _, ...sum } = sums.find((each) => each.payment === payment) ?? NONE
    return { ...sum, due: sum.taken - sum.voided }
  }
  return Object.fromEntries(FEE_PAYMENTS.map((payment) => [payment, cashOf(payment)])) as Record<
    FeePayment,
    Cash
  >
}

const NONE: PaymentSum = { payment: 'cash', receipts: 0, taken: 0, voided: 0, voidedReceipts: 0 }
