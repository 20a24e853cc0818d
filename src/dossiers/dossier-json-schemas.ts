import Type, { type Static } from 'typebox'
import { CHANNELS } from '../domain/counting/tally.ts'
import { FEE_PAYMENTS, STATES } from '../domain/life-cycle/dossier.ts'
import { ACTS } from '../domain/life-cycle/life-cycle.ts'
import { dayOut, momentOut, NEXT_CURSOR, nullable, oneOf } from '../web/schemas.ts'

const count = (description: string) => nullable(Type.Integer({ description }))
const moment = (description: string) => nullable(momentOut(description))
const day = (description: string) => nullable(dayOut(description))
const words = (description?: string) =>
  nullable(Type.String(description === undefined ? {} : { description }))

const NAMED = Type.Object({ key: Type.String(), label: Type.String() })

/** What every showing of a dossier begins with; also the answer to a write. */
const HEAD = {
  id: Type.Integer(),
  code: words('Mã hồ sơ; null khi chưa tiếp nhận.'),
  slipNumber: words('Số phiếu từ chối tiếp nhận.'),
  version: Type.Integer({ description: 'Phiên bản; cũng là ETag.' }),
  state: oneOf(STATES),
  stateLabel: Type.String(),
  nationalCode: count('Mã trạng thái quốc gia 1–10; null: không báo cáo.'),
  subState: words(),
  procedure: NAMED,
  unit: Type.Object(NAMED.properties, { description: 'Đơn vị giải quyết.' }),
  receivingUnit: NAMED,
  channel: oneOf(CHANNELS),
  channelLabel: Type.String({ description: 'Tên kênh theo quy định tại ngày nhận.' }),
  submittedAt: moment('Nộp trực tuyến lúc.'),
  acceptedAt: moment('Tiếp nhận lúc.'),
  firstDueAt: moment('Hạn trả tính khi tiếp nhận; không đổi.'),
  dueAt: moment('Hạn trả đang có hiệu lực.'),
  appointmentAt: moment('Thời điểm hẹn với người nộp.'),
  paused: Type.Boolean({ description: 'Đồng hồ đang dừng.' }),
  overdue: Type.Boolean({ description: 'Đang giải quyết và đã quá hạn.' }),
  workingDaysLeft: count('Số ngày làm việc còn lại; âm: đã quá hạn; null: đồng hồ không chạy.'),
  endedAt: moment('Kết thúc lúc.'),
  endKind: nullable(oneOf(['result', 'withdrawn', 'stopped'])),
  endClass: nullable(oneOf(['early', 'on_time', 'late'])),
  outcome: nullable(oneOf(['granted', 'partly', 'refused'])),
  enteredLate: Type.Boolean({ description: 'Nhập muộn hơn 1 ngày làm việc sau khi tiếp nhận.' }),
  endEnteredLate: Type.Boolean({
    description: 'Khép muộn: ghi muộn hơn 1 ngày làm việc sau khi kết thúc hoặc trả kết quả.',
  }),
} as const

export const DOSSIER_HEAD = Type.Object(HEAD, { description: 'Hồ sơ, không có dữ liệu cá nhân.' })
export type DossierHead = Static<typeof DOSSIER_HEAD>

export const DOSSIER_ITEM = Type.Object({
  ...HEAD,
  applicant: nullable(
    Type.Object(
      { name: Type.String(), idNumber: words('Che bớt, chỉ còn 3 số cuối.'), phone: words('Che bớt.') },
      { description: 'Người nộp.' },
    ),
  ),
  assignee: nullable(NAMED),
})
export type DossierItem = Static<typeof DOSSIER_ITEM>

export const DOSSIER_PAGE = Type.Object({ items: Type.Array(DOSSIER_ITEM), nextCursor: NEXT_CURSOR })

export const STRIP = Type.Array(
  Type.Object({
    date: dayOut('Ngày.'),
    kind: oneOf(['counted', 'off', 'weekend', 'paused', 'reception_only']),
    n: Type.Optional(Type.Integer({ description: 'Ngày thứ mấy của thời hạn.' })),
    name: Type.Optional(Type.String()),
    document: Type.Optional(Type.String()),
    provisional: Type.Optional(Type.Boolean()),
  }),
  { description: 'Từng ngày từ ngày nhận đến hạn trả, vì sao tính hoặc không tính.' },
)

const PERSON = nullable(
  Type.Object({
    name: Type.String(),
    idNumber: words(),
    phone: words(),
    address: words(),
    birthYear: count('Năm sinh.'),
    sex: nullable(oneOf(['male', 'female'])),
  }),
)

export const TIMELINE = Type.Array(
  Type.Object({
    seq: Type.Integer(),
    act: oneOf(ACTS),
    label: Type.String(),
    occurredAt: momentOut('Xảy ra lúc.'),
    recordedAt: momentOut('Ghi lúc.'),
    actor: nullable(NAMED),
    onBehalfOf: nullable(
      Type.Object(NAMED.properties, { description: 'Người vắng mà người thực hiện đang thay.' }),
    ),
    approvedBy: nullable(
      Type.Object(NAMED.properties, { description: 'Người duyệt, khi việc này đính chính kỳ đã chốt.' }),
    ),
    state: nullable(oneOf(STATES, 'Trạng thái mới, nếu đổi.')),
    dueAt: moment('Hạn trả mới, nếu đổi.'),
    appointmentAt: moment('Hẹn mới, nếu đổi.'),
    reason: words(),
    note: words(),
  }),
  { description: 'Từ cũ đến mới.' },
)

export const DOSSIER_FULL = Type.Object({
  ...DOSSIER_ITEM.properties,
  applicant: PERSON,
  proxy: PERSON,
  papers: Type.Array(
    Type.Object({
      name: Type.String(),
      form: Type.String(),
      copies: Type.Integer(),
      digitised: Type.Boolean(),
    }),
  ),
  quantity: Type.Integer(),
  fee: Type.Integer(),
  emergencySlip: nullable(
    Type.Object(
      { number: Type.String(), enteredAt: momentOut('Nhập vào hệ thống lúc.') },
      { description: 'Phiếu giấy khi hệ thống gián đoạn.' },
    ),
  ),
  feePaidAt: moment('Nộp tiền lúc.'),
  feePayment: nullable(oneOf(FEE_PAYMENTS)),
  returnMode: Type.String(),
  returnedMode: words(),
  returnedAt: moment('Trả kết quả lúc.'),
  digitised: Type.Boolean(),
  eResult: Type.Boolean(),
  assisted: Type.Boolean(),
  kiosk: Type.Boolean(),
  receivedLate: Type.Boolean({ description: 'Tiếp nhận quá 8 giờ làm việc.' }),
  receivingDueAt: moment('Phải tiếp nhận trước.'),
  transferDueAt: moment('Phải chuyển xử lý trước.'),
  lateOn: day('Ngày đầu tiên quá hạn.'),
  overdueReason: words(),
  explanation: nullable(
    Type.Object(
      {
        calendarVersion: Type.String(),
        receiptDay: dayOut('Ngày bắt đầu tính.'),
        provisional: Type.Boolean(),
        strip: STRIP,
      },
      { description: 'Hạn trả được tính như thế nào.' },
    ),
  ),
  steps: Type.Array(
    Type.Object({
      position: Type.Integer(),
      name: Type.String(),
      actor: Type.String(),
      limit: words(),
      startedAt: moment('Bắt đầu.'),
      dueAt: moment('Hạn.'),
      endedAt: moment('Xong.'),
    }),
  ),
  pauses: Type.Array(
    Type.Object({
      kind: Type.String(),
      policy: Type.String(),
      from: momentOut('Từ.'),
      to: moment('Đến.'),
      dueAt: moment('Hạn bổ sung.'),
    }),
  ),
  timeline: TIMELINE,
  acts: Type.Array(
    Type.Object({
      act: oneOf(ACTS),
      label: Type.String(),
      needsReason: Type.Boolean(),
      headOnly: Type.Boolean(),
    }),
    { description: 'Việc có thể làm ở trạng thái này.' },
  ),
})
export type DossierFull = Static<typeof DOSSIER_FULL>
