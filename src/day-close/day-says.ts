import type { DayCloseRow } from '../../db/queries/day-closes.ts'
import { type BookSums, bookRows } from '../../db/queries/register-book.ts'
import { readSetting } from '../../db/queries/settings.ts'
import { agencyName } from '../catalogue/agency-name.ts'
import { catalogueOf } from '../catalogue/catalogue.ts'
import { clerkSignature, headSignature } from '../catalogue/signatures.ts'
import type { Deps } from '../deps.ts'
import { formatCount } from '../domain/counting/rate-format.ts'
import { FEE_PAYMENTS } from '../domain/life-cycle/dossier.ts'
import { circularLabel, shopName } from '../dossiers/paper-words.ts'
import { PAYMENT_LABELS } from '../fees/payment-labels.ts'
import { receiptLines, receiptSums } from '../fees/receipt-lines.ts'
import type { RegisterBookRow, Says } from '../paper/paper-data.ts'
import { bookRow } from '../register/book-row.ts'
import { fullDay, moment } from '../web/formats.ts'
import { figuresOf } from './day-figures.ts'
import { DAY_SUMS, identityWords, MOVED_WORDS } from './day-words.ts'

/** What the register of a closed day says: its dossiers in the columns of the year's register, its sums and its cash. */
export function daySays(deps: Pick<Deps, 'db' | 'vault'>, close: DayCloseRow): Says<'day-register'> {
  const { db } = deps
  const figures = figuresOf(close)
  const { from, to, counted, cash, counting, cashNote, reopenings, moved, unreceipted } = figures
  const catalogue = catalogueOf(db)
  const { name, place } = agencyName(catalogue, close.unitId, to)
  const lines = (ids: readonly number[], before: number): readonly RegisterBookRow[] =>
    bookRows(db, ids).map((row, n) =>
      bookRow(deps, catalogue, row, {
        number: before + n + 1,
        asOf: close.closedAt,
        yearEnd: `${to.slice(0, 4)}-12-31`,
      }),
    )
  return {
    office: { above: name, own: shopName(to) },
    place,
    title: 'Sổ theo dõi hồ sơ trong ngày',
    form: circularLabel('trackingRegister', to),
    demo: readSetting(db, 'demo') === true,
    days: from === to ? `Ngày ${fullDay(to)}` : `Từ ngày ${fullDay(from)} đến ngày ${fullDay(to)}`,
    received: withoutYearEnd(lines(figures.received, 0)),
    finished: withoutYearEnd(lines(figures.finished, figures.received.length)),
    sums: (Object.keys(DAY_SUMS) as (keyof BookSums)[])
      .filter((sum) => counted[sum] > 0 || !sum.startsWith('transferred'))
      .map((sum) => ({ label: DAY_SUMS[sum], figure: formatCount(counted[sum]) })),
    identity: identityWords(counted),
    receipts: receiptLines({ db }, close.unitId, { from, to }).map((line) => ({
      number: line.receipt.number,
      takenAt: line.takenAt,
      code: line.receipt.code ?? '',
      payment: PAYMENT_LABELS[line.receipt.payment],
      amount: formatCount(line.amount),
      note: line.note,
      voided: line.isVoided,
      struck: line.isStruck,
    })),
    receiptSums: receiptSums(cash).map(({ label, due }) => ({ label, figure: formatCount(due) })),
    cash: FEE_PAYMENTS.filter(
      (payment) => cash[payment].receipts + cash[payment].voidedReceipts > 0 || counting[payment] !== 0,
    ).map((payment) => ({
      label: PAYMENT_LABELS[payment],
      receipts: formatCount(cash[payment].due),
      counted: formatCount(counting[payment]),
      difference: formatCount(counting[payment] - cash[payment].due),
    })),
    cashNote,
    unreceipted: codesOf(db, unreceipted),
    moved: codesOf(
      db,
      moved.map(({ dossierId }) => dossierId),
    ).map((code, n) => `${code}: ${MOVED_WORDS[moved[n]!.how]}`),
    closedAt: moment(close.closedAt),
    reopened: reopenings.map(({ at, reason }) => `${moment(at)}: ${reason}`),
    signatures: [
      clerkSignature(catalogue, close.closedById, 'Người chốt'),
      headSignature(catalogue, close.unitId, to),
    ],
  }
}

/** Dossiers told by their codes alone: the register names nobody outside its lines. */
function codesOf(db: Deps['db'], ids: readonly number[]): readonly string[] {
  return bookRows(db, ids).map(({ code }) => code)
}

/** “chuyển năm sau” is said of a year; in a day's register an open dossier needs no remark. */
function withoutYearEnd(rows: readonly RegisterBookRow[]): readonly RegisterBookRow[] {
  return rows.map((row) => ({
    ...row,
    note: row.note
      .split('; ')
      .filter((note) => note !== 'chuyển năm sau')
      .join('; '),
  }))
}
