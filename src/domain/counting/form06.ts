import { RuleError } from '../refusals.ts'
import { type BrokenIdentity, brokenIdentities, type Identity } from './identity-check.ts'
import type { Tally } from './tally.ts'

/** The columns of Biểu II.06 in their order, with their printed numbers. */
export const FORM06_COLUMNS = {
  total: { number: 3, label: 'tổng số hồ sơ tiếp nhận' },
  receivedOnline: { number: 4, label: 'tiếp nhận trong kỳ, trực tuyến' },
  receivedDirect: { number: 5, label: 'tiếp nhận trong kỳ, trực tiếp và dịch vụ bưu chính' },
  carriedOver: { number: 6, label: 'từ kỳ trước' },
  ended: { number: 7, label: 'tổng số đã giải quyết' },
  endedEarly: { number: 8, label: 'đã giải quyết trước hạn' },
  endedOnTime: { number: 9, label: 'đã giải quyết đúng hạn' },
  endedLate: { number: 10, label: 'đã giải quyết quá hạn' },
  pending: { number: 11, label: 'tổng số đang giải quyết' },
  pendingInTime: { number: 12, label: 'đang giải quyết trong hạn' },
  pendingOverdue: { number: 13, label: 'đang giải quyết quá hạn' },
} as const satisfies Record<string, { number: number; label: string }>

export type Form06Column = keyof typeof FORM06_COLUMNS

/** One row of Biểu II.06, with the notes that make it readable: what of (9) and (10) is withdrawn or stopped. */
export interface Form06Row extends Readonly<Record<Form06Column, number>> {
  readonly closedInTime: number //   of (9): trong đó rút, dừng
  readonly closedLate: number //     of (10): trong đó rút, dừng
  readonly transferredIn: number //  Ti and To: two more columns, printed only when one is not 0
  readonly transferredOut: number
}

/**
 * A row of "Tình hình, kết quả giải quyết TTHC" (Biểu II.06, TT 01/2020/TT-VPCP) of one unit, field or officer.
 * Withdrawn and stopped dossiers stand in (9) if they ended by the due date, else in (10), and are shown as
 * "trong đó rút, dừng". In officers' tables what was handed over within the unit joins the transfers.
 * Example: March 2023 with De 3, Do 2, Dl 3 and one withdrawn in time gives (7) 9 = (8) 3 + (9) 3 + (10) 3.
 */
export function form06Row(tally: Tally, rowsAre: 'units' | 'officers' = 'units'): Form06Row {
  const receivedOnline = tally.receivedLevel3 + tally.receivedLevel4
  const receivedDirect = tally.receivedCounter + tally.receivedPostal
  const closedInTime = tally.withdrawnInTime + tally.stoppedInTime
  const closedLate = tally.withdrawnLate + tally.stoppedLate
  const byOfficer = rowsAre === 'officers'
  return {
    total: receivedOnline + receivedDirect + tally.carriedOver,
    receivedOnline,
    receivedDirect,
    carriedOver: tally.carriedOver,
    ended: tally.ended,
    endedEarly: tally.early,
    endedOnTime: tally.onTime + closedInTime,
    endedLate: tally.late + closedLate,
    pending: tally.open,
    pendingInTime: tally.openInTime,
    pendingOverdue: tally.openOverdue,
    closedInTime,
    closedLate,
    transferredIn: tally.transferredIn + (byOfficer ? tally.handedIn : 0),
    transferredOut: tally.transferredOut + (byOfficer ? tally.handedOut : 0),
  }
}

/**
 * The control identities that a row breaks: (3) = (4) + (5) + (6), (7) = (8) + (9) + (10), (11) = (12) + (13)
 * and (3) + Ti = (7) + (11) + To. A published row may leave columns out; what needs them is not checked.
 */
export function brokenForm06Identities(
  row: Readonly<Partial<Record<keyof Form06Row, number>>>,
): readonly BrokenIdentity[] {
  return brokenIdentities(IDENTITIES, row, LABELS, ['transferredIn', 'transferredOut'])
}

/** Throws RuleError `table_does_not_add_up`, naming the row and every difference, unless the row adds up. */
export function requireForm06(
  row: Readonly<Partial<Record<keyof Form06Row, number>>>,
  rowName: string,
): void {
  const broken = brokenForm06Identities(row)
  if (broken.length === 0) return
  throw new RuleError('table_does_not_add_up', {
    row: rowName,
    problems: broken.map(({ sentence }) => sentence).join(' '),
  })
}

type Checked = Form06Column | 'transferredIn' | 'transferredOut'

const IDENTITIES: readonly Identity<Checked>[] = [
  { code: '(3)=(4)+(5)+(6)', left: ['total'], right: ['receivedOnline', 'receivedDirect', 'carriedOver'] },
  { code: '(7)=(8)+(9)+(10)', left: ['ended'], right: ['endedEarly', 'endedOnTime', 'endedLate'] },
  { code: '(11)=(12)+(13)', left: ['pending'], right: ['pendingInTime', 'pendingOverdue'] },
  {
    code: '(3)=(7)+(11)',
    left: ['total', 'transferredIn'],
    right: ['ended', 'pending', 'transferredOut'],
  },
]

const LABELS: Readonly<Record<Checked, string>> = {
  ...(Object.fromEntries(
    Object.entries(FORM06_COLUMNS).map(([column, { number, label }]) => [column, `cột (${number}) ${label}`]),
  ) as Record<Form06Column, string>),
  transferredIn: 'nhận chuyển giao',
  transferredOut: 'chuyển giao đi',
}
