import type { FeePayment, Outcome, ReturnMode } from '../domain/life-cycle/dossier.ts'
import {
  type Act,
  type ClockEffect,
  type Form,
  TRANSITIONS,
  type Transition,
} from '../domain/life-cycle/life-cycle.ts'

export type ActGroup =
  | 'Tính hạn'
  | 'Tạm dừng hạn'
  | 'Dời hạn'
  | 'Khép hồ sơ'
  | 'Không đổi hạn'
  | 'Người đứng đầu'

export const ACT_GROUPS: readonly ActGroup[] = [
  'Tính hạn',
  'Tạm dừng hạn',
  'Dời hạn',
  'Khép hồ sơ',
  'Không đổi hạn',
  'Người đứng đầu',
]

const GROUP_OF = {
  none: 'Không đổi hạn',
  start: 'Tính hạn',
  pause: 'Tạm dừng hạn',
  go_on: 'Tính hạn',
  extend: 'Dời hạn',
  stop: 'Khép hồ sơ',
  start_and_stop: 'Khép hồ sơ',
  undo_stop: 'Tính hạn',
  recompute: 'Dời hạn',
} as const satisfies Record<ClockEffect, ActGroup>

const FORMS = {
  receiptSlip: 'Giấy tiếp nhận và hẹn trả',
  supplementRequest: 'Phiếu yêu cầu bổ sung',
  refusalSlip: 'Phiếu từ chối',
  apologySlip: 'Giấy xin lỗi và hẹn lại',
  stopNotice: 'Thông báo dừng giải quyết',
  controlSheet: 'Phiếu kiểm soát',
  paymentNotice: 'Thông báo nghĩa vụ tài chính',
} as const satisfies Record<Form, string>

/** By what it does to the due date; what is the head's stands by itself. */
export function groupOf(act: Act): ActGroup {
  const { clock, role }: Transition = TRANSITIONS[act]
  return role === 'head' ? 'Người đứng đầu' : GROUP_OF[clock]
}

/** In a line: what it does to the due date, its paper, whether it takes a reason. */
export function describeAct(act: Act): string {
  const { form, needsReason }: Transition = TRANSITIONS[act]
  const words = [
    groupOf(act).toLowerCase(),
    form === null ? null : FORMS[form],
    needsReason ? 'cần ghi lý do' : null,
  ]
  return words.filter((word) => word !== null).join(' · ')
}

export const OUTCOME_WORDS = {
  granted: 'Đồng ý',
  partly: 'Đồng ý một phần',
  refused: 'Từ chối giải quyết',
} as const satisfies Record<Outcome, string>

export const RETURN_WORDS = {
  counter: 'Tại Bộ phận Một cửa',
  postal: 'Qua bưu chính công ích',
  online: 'Trực tuyến',
} as const satisfies Record<ReturnMode, string>

export const PAID_BY = {
  cash: 'tiền mặt',
  transfer: 'chuyển khoản',
  online: 'trực tuyến',
} as const satisfies Record<FeePayment, string>

/** The words of a table as the choices of a field. */
export function optionsOf(words: Readonly<Record<string, string>>) {
  return Object.entries(words).map(([value, label]) => ({ value, label }))
}
