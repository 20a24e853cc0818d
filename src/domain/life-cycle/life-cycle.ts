import { RuleError } from '../refusals.ts'
import type { Dossier, State } from './dossier.ts'

/** Who may do an act: every officer of the unit, its head, or nobody by itself (part of a recorded decision). */
export type ActRole = 'any' | 'head' | 'decision'

/** What an act does to the statutory clock. */
export type ClockEffect =
  | 'none'
  | 'start'
  | 'pause'
  | 'go_on'
  | 'extend'
  | 'stop'
  | 'start_and_stop'
  | 'undo_stop'
  | 'recompute'

export type Form =
  | 'receiptSlip'
  | 'supplementRequest'
  | 'refusalSlip'
  | 'apologySlip'
  | 'stopNotice'
  | 'controlSheet'
  | 'paymentNotice'

export interface Transition {
  readonly from: readonly State[]
  /** `same`: the state does not change. */
  readonly to: State | 'same'
  /** The act may also open a dossier. */
  readonly opens?: true
  readonly role: ActRole
  readonly clock: ClockEffect
  readonly form: Form | null
  readonly needsReason: boolean
  readonly label: string
}

const OPEN = ['accepted', 'processing', 'awaiting_supplement', 'awaiting_payment'] as const
const WORKING = ['accepted', 'processing'] as const

/**
 * The one table of the life cycle (NĐ 61/2018 art 17-20; national codes in NATIONAL_CODES).
 * API routes, buttons, documents and tests derive from it.
 */
// biome-ignore format: a table, one act a line
export const TRANSITIONS = {
  submit: { from: [], to: 'submitted', opens: true, role: 'any', clock: 'none', form: null, needsReason: false, label: 'Nộp trực tuyến' },
  accept: { from: ['submitted'], to: 'accepted', opens: true, role: 'any', clock: 'start', form: 'receiptSlip', needsReason: false, label: 'Tiếp nhận' },
  resolve_at_once: { from: ['submitted'], to: 'returned', opens: true, role: 'any', clock: 'start_and_stop', form: null, needsReason: false, label: 'Tiếp nhận và trả ngay' },
  refuse_intake: { from: ['submitted'], to: 'not_accepted', opens: true, role: 'any', clock: 'none', form: 'refusalSlip', needsReason: true, label: 'Từ chối tiếp nhận' },
  ask_before_acceptance: { from: ['submitted'], to: 'same', role: 'any', clock: 'none', form: 'supplementRequest', needsReason: true, label: 'Yêu cầu bổ sung trước tiếp nhận' },
  answer_before_acceptance: { from: ['submitted'], to: 'same', role: 'any', clock: 'none', form: null, needsReason: false, label: 'Đã bổ sung trước tiếp nhận' },
  transfer: { from: ['accepted'], to: 'processing', role: 'any', clock: 'none', form: 'controlSheet', needsReason: false, label: 'Chuyển xử lý' },
  request_supplement: { from: WORKING, to: 'awaiting_supplement', role: 'any', clock: 'pause', form: 'supplementRequest', needsReason: true, label: 'Yêu cầu bổ sung' },
  supply_supplement: { from: ['awaiting_supplement'], to: 'processing', role: 'any', clock: 'go_on', form: 'receiptSlip', needsReason: false, label: 'Nhận bổ sung' },
  request_payment: { from: WORKING, to: 'awaiting_payment', role: 'any', clock: 'pause', form: 'paymentNotice', needsReason: false, label: 'Yêu cầu nghĩa vụ tài chính' },
  pay: { from: ['awaiting_payment'], to: 'processing', role: 'any', clock: 'go_on', form: null, needsReason: false, label: 'Đã thực hiện nghĩa vụ tài chính' },
  begin_verification: { from: WORKING, to: 'processing', role: 'any', clock: 'pause', form: null, needsReason: false, label: 'Gửi xác minh' },
  end_verification: { from: ['processing'], to: 'same', role: 'any', clock: 'go_on', form: null, needsReason: false, label: 'Có kết quả xác minh' },
  begin_consultation: { from: WORKING, to: 'processing', role: 'any', clock: 'pause', form: null, needsReason: false, label: 'Lấy ý kiến' },
  end_consultation: { from: ['processing'], to: 'same', role: 'any', clock: 'go_on', form: null, needsReason: false, label: 'Có ý kiến trả lời' },
  send_for_signature: { from: WORKING, to: 'processing', role: 'any', clock: 'none', form: null, needsReason: false, label: 'Trình ký' },
  return_from_signature: { from: ['processing'], to: 'same', role: 'any', clock: 'none', form: null, needsReason: true, label: 'Trả lại từ trình ký' },
  extend: { from: WORKING, to: 'same', role: 'any', clock: 'extend', form: null, needsReason: true, label: 'Gia hạn theo luật' },
  apologise: { from: OPEN, to: 'same', role: 'any', clock: 'none', form: 'apologySlip', needsReason: true, label: 'Xin lỗi và hẹn lại' },
  assign: { from: ['submitted', ...OPEN, 'result_ready'], to: 'same', role: 'any', clock: 'none', form: null, needsReason: false, label: 'Giao hồ sơ' },
  finish_step: { from: WORKING, to: 'processing', role: 'any', clock: 'none', form: 'controlSheet', needsReason: false, label: 'Xong bước liên thông' },
  finish: { from: WORKING, to: 'result_ready', role: 'any', clock: 'stop', form: null, needsReason: false, label: 'Có kết quả' },
  return_result: { from: ['result_ready'], to: 'returned', role: 'any', clock: 'none', form: null, needsReason: false, label: 'Trả kết quả' },
  withdraw: { from: ['submitted', ...OPEN], to: 'withdrawn', role: 'any', clock: 'stop', form: 'stopNotice', needsReason: true, label: 'Người nộp rút hồ sơ' },
  stop: { from: OPEN, to: 'stopped', role: 'any', clock: 'stop', form: 'stopNotice', needsReason: true, label: 'Dừng giải quyết' },
  reopen: { from: ['withdrawn', 'stopped', 'result_ready', 'returned'], to: 'processing', role: 'head', clock: 'undo_stop', form: null, needsReason: true, label: 'Mở lại' },
  void: { from: ['submitted', 'not_accepted', ...OPEN, 'withdrawn', 'stopped', 'result_ready', 'returned'], to: 'voided', role: 'head', clock: 'none', form: null, needsReason: true, label: 'Huỷ (nhập trùng, nhập nhầm)' },
  amend: { from: ['submitted', ...OPEN, 'result_ready', 'returned'], to: 'same', role: 'any', clock: 'none', form: null, needsReason: false, label: 'Sửa thông tin' },
  correct: { from: [...OPEN, 'withdrawn', 'stopped', 'result_ready', 'returned'], to: 'same', role: 'any', clock: 'recompute', form: 'receiptSlip', needsReason: true, label: 'Đính chính từ khi tiếp nhận' },
  calendar_change: { from: ['submitted', ...OPEN], to: 'same', role: 'decision', clock: 'recompute', form: null, needsReason: false, label: 'Lịch làm việc thay đổi' },
  // Entered late, what ended since the day has moved too.
  transfer_unit: { from: ['submitted', 'not_accepted', ...OPEN, 'withdrawn', 'stopped', 'result_ready', 'returned'], to: 'same', role: 'decision', clock: 'none', form: null, needsReason: false, label: 'Chuyển đơn vị do sắp xếp tổ chức' },
} as const satisfies Record<string, Transition>

export type Act = keyof typeof TRANSITIONS
export const ACTS = Object.keys(TRANSITIONS) as readonly Act[]

/** Acts with an operation of their own: they open a dossier, or rest on more than the dossier and the moment. */
export type SpecialAct = 'submit' | 'correct' | 'calendar_change' | 'transfer_unit'
/** Acts done on one dossier that exists, by one rule each (act-rules.ts). */
export type PlainAct = Exclude<Act, SpecialAct>

const SPECIAL: ReadonlySet<Act> = new Set<SpecialAct>([
  'submit',
  'correct',
  'calendar_change',
  'transfer_unit',
])
export const PLAIN_ACTS = ACTS.filter((act): act is PlainAct => !SPECIAL.has(act))

/** National status code of a state (Cổng DVCQG, codes 1-10); null for a voided dossier, which is not reported. */
export const NATIONAL_CODES = {
  submitted: 1,
  accepted: 2,
  not_accepted: 3,
  processing: 4,
  awaiting_supplement: 5,
  awaiting_payment: 6,
  withdrawn: 7,
  stopped: 8,
  result_ready: 9,
  returned: 10,
  voided: null,
} as const satisfies Record<State, number | null>

/**
 * The national status code of a dossier: that of its state, and 5 as well while more is asked before acceptance.
 * Example: submitted → 1; submitted and asked for more papers → 5; accepted → 2.
 */
export function nationalCodeOf({ state, subState }: Pick<Dossier, 'state' | 'subState'>): number | null {
  return NATIONAL_CODES[subState === 'asked_before_acceptance' ? 'awaiting_supplement' : state]
}

export const STATE_LABELS = {
  submitted: 'Chờ tiếp nhận',
  accepted: 'Đã tiếp nhận',
  not_accepted: 'Không được tiếp nhận',
  processing: 'Đang xử lý',
  awaiting_supplement: 'Chờ bổ sung',
  awaiting_payment: 'Chờ nghĩa vụ tài chính',
  withdrawn: 'Đã rút',
  stopped: 'Dừng xử lý',
  result_ready: 'Có kết quả',
  returned: 'Đã trả kết quả',
  voided: 'Đã huỷ',
} as const satisfies Record<State, string>

/** The acts a dossier in `state` admits of a person, in the order of the table. */
export function actsFrom(state: State): readonly Act[] {
  return ACTS.filter((act) => {
    const { from, role }: Transition = TRANSITIONS[act]
    return role !== 'decision' && from.includes(state)
  })
}

/**
 * The state after `act`, or the refusal `act_not_allowed` with the acts that are possible.
 * `state` null stands for a dossier not yet opened. Example: `nextState('accepted', 'transfer')` is `'processing'`.
 */
export function nextState(state: State | null, act: Act): State {
  const transition: Transition = TRANSITIONS[act]
  const allowed = state === null ? transition.opens === true : transition.from.includes(state)
  if (!allowed) {
    throw new RuleError('act_not_allowed', {
      act: transition.label,
      state: state === null ? 'chưa có' : STATE_LABELS[state],
      possible:
        state === null
          ? ''
          : actsFrom(state)
              .map((a) => TRANSITIONS[a].label)
              .join(', ') || 'không có',
    })
  }
  return transition.to === 'same' ? (state as State) : transition.to
}
