import type { Catalogue } from '../catalogue/catalogue.ts'
import { unitName } from '../catalogue/unit-choices.ts'
import { type LocalDay, localDayOf } from '../domain/calendar/day.ts'
import { CHANNEL_INDEX } from '../domain/counting/contributions.ts'
import { formatCount } from '../domain/counting/rate-format.ts'
import type { Dossier, EndClass, SubState } from '../domain/life-cycle/dossier.ts'
import { STATE_LABELS } from '../domain/life-cycle/life-cycle.ts'
import { rowLabel } from '../reports/row-label.ts'
import { longDay, moment } from '../web/formats.ts'
import { OUTCOME_WORDS, PAID_BY, RETURN_WORDS } from './act-words.ts'

export interface FactChange {
  readonly label: string
  readonly was: string
  readonly is: string
}

/** What differs between a dossier before and after, fact by fact as a clerk says it. */
export function factChanges(
  catalogue: Catalogue,
  before: Partial<Dossier>,
  after: Partial<Dossier>,
  today: LocalDay,
): readonly FactChange[] {
  const print = wordsOf(catalogue, today)
  return (Object.keys(FACTS) as (keyof Dossier)[]).flatMap((fact) => {
    const named = FACTS[fact]
    if (named === null || before[fact] === after[fact]) return []
    const [label, kind] = named
    const [was, is] = [print(kind, before[fact]), print(kind, after[fact])]
    return was === is ? [] : [{ label, was, is }]
  })
}

type Kind = keyof ReturnType<typeof printers>

/** Null: it only says again what another fact says. */
const FACTS = {
  state: ['Trạng thái', 'state'],
  subState: ['Đang chờ', 'subState'],
  procedureId: ['Thủ tục', 'procedure'],
  procedureVersionId: null,
  channel: ['Kênh nộp', 'channel'],
  receivingUnitId: ['Nơi tiếp nhận', 'unit'],
  unitId: ['Nơi giải quyết', 'unit'],
  holderUnitId: ['Nơi đang giữ', 'unit'],
  assigneeId: ['Cán bộ', 'officer'],
  submittedAt: ['Nộp lúc', 'moment'],
  receivingDueAt: ['Hạn tiếp nhận', 'moment'],
  receivingDueOn: null,
  receivedLate: ['Tiếp nhận muộn', 'flag'],
  refusedIntakeOn: ['Từ chối tiếp nhận ngày', 'day'],
  acceptedAt: ['Tiếp nhận lúc', 'moment'],
  acceptedOn: null,
  receiptDay: null,
  enteredLate: null,
  transferDueAt: null,
  transferredAt: ['Chuyển xử lý lúc', 'moment'],
  firstDueAt: null,
  dueAt: ['Hạn trả', 'due'],
  dueOn: null,
  appointmentAt: ['Hẹn trả', 'due'],
  clockStartedAt: null,
  attended: null,
  extensionDays: ['Gia hạn (ngày làm việc)', 'count'],
  lateOn: ['Quá hạn từ', 'day'],
  pausedSince: ['Đồng hồ dừng từ', 'moment'],
  supplementCount: ['Số lần yêu cầu bổ sung', 'count'],
  lateSupplementRequest: null,
  apologisedAt: ['Xin lỗi lúc', 'moment'],
  apologyInTime: null,
  reappointed: null,
  resolvedAt: ['Có kết quả lúc', 'moment'],
  returnedAt: ['Trả kết quả lúc', 'moment'],
  endedAt: ['Kết thúc lúc', 'moment'],
  endedOn: null,
  endKind: null,
  endClass: ['Được tính là', 'endClass'],
  endEnteredLate: ['Khép muộn', 'flag'],
  outcome: ['Kết quả', 'outcome'],
  overdueReason: ['Nguyên nhân quá hạn', 'text'],
  returnMode: ['Cách nhận kết quả', 'returnMode'],
  returnedMode: ['Đã trả', 'returnMode'],
  quantity: ['Số lượng', 'count'],
  fee: ['Phí, lệ phí', 'money'],
  feePaidAt: ['Nộp phí lúc', 'moment'],
  feePayment: ['Nộp phí bằng', 'payment'],
  digitised: ['Đã số hóa', 'flag'],
  eResult: ['Kết quả điện tử', 'flag'],
  assisted: ['Nộp hộ', 'flag'],
  kiosk: ['Nộp tại ki-ốt', 'flag'],
  byProxy: ['Người được ủy quyền nộp', 'flag'],
  eligible: null,
  unitSince: null,
  explanationId: null,
  lastOccurredAt: null,
} as const satisfies Record<keyof Dossier, readonly [string, Kind] | null>

function wordsOf(catalogue: Catalogue, today: LocalDay) {
  const table = printers(catalogue, today)
  return (kind: Kind, value: unknown): string =>
    value === null || value === undefined ? 'chưa có' : (table[kind] as (value: unknown) => string)(value)
}

const WAITS = {
  asked_before_acceptance: 'bổ sung trước tiếp nhận',
  verifying: 'kết quả xác minh',
  consulting: 'ý kiến cơ quan khác',
  awaiting_signature: 'ký duyệt',
} as const satisfies Record<SubState, string>

const ENDED = {
  early: 'trước hạn',
  on_time: 'đúng hạn',
  late: 'quá hạn',
} as const satisfies Record<EndClass, string>

function printers(catalogue: Catalogue, today: LocalDay) {
  return {
    state: (value: Dossier['state']) => STATE_LABELS[value],
    subState: (value: SubState) => WAITS[value],
    procedure: (id: number) => catalogue.procedureById.get(id)?.name ?? '–',
    channel: (value: Dossier['channel']) => rowLabel(catalogue, 'channel', CHANNEL_INDEX[value], today).label,
    unit: (id: number) => unitName(catalogue.unitById.get(id), today),
    officer: (id: number) => catalogue.officerById.get(id)?.name ?? '–',
    moment: (at: number) => moment(at),
    due: (at: number) => longDay(localDayOf(at)),
    day: (day: LocalDay) => longDay(day),
    flag: (value: boolean) => (value ? 'có' : 'không'),
    count: (n: number) => formatCount(n),
    money: (n: number) => `${formatCount(n)} đồng`,
    text: (value: string) => value,
    endClass: (value: EndClass) => ENDED[value],
    outcome: (value: keyof typeof OUTCOME_WORDS) => OUTCOME_WORDS[value],
    returnMode: (value: keyof typeof RETURN_WORDS) => RETURN_WORDS[value],
    payment: (value: keyof typeof PAID_BY) => PAID_BY[value],
  }
}
