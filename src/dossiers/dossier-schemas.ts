import Type, { type Static } from 'typebox'
import { CHANNELS } from '../domain/counting/tally.ts'
import { FEE_PAYMENTS, STATES } from '../domain/life-cycle/dossier.ts'
import { closedObject, dayIn, momentIn, oneOf, PAGE_QUERY } from '../web/schemas.ts'

const optional = Type.Optional
const text = (maxLength: number, description: string) => Type.String({ minLength: 1, maxLength, description })
const flag = (description: string) => optional(Type.Boolean({ description }))

const PERSON = closedObject({
  name: text(200, 'Họ tên, hoặc tên tổ chức.'),
  idNumber: optional(Type.String({ maxLength: 30, description: 'Số định danh 12 chữ số (CMND: 9).' })),
  phone: optional(Type.String({ maxLength: 30, description: 'Số điện thoại.' })),
  address: optional(Type.String({ maxLength: 500, description: 'Địa chỉ.' })),
  birthYear: optional(Type.Integer({ minimum: 1880, maximum: 2100, description: 'Năm sinh.' })),
  sex: optional(oneOf(['male', 'female'])),
  email: optional(Type.String({ maxLength: 200, description: 'Thư điện tử.' })),
})

const PAPER = closedObject({
  name: text(500, 'Tên giấy tờ.'),
  form: oneOf(['original', 'copy', 'electronic'], 'Bản chính, bản sao, điện tử.'),
  copies: optional(Type.Integer({ minimum: 0, maximum: 999, default: 1 })),
  digitised: flag('Đã số hoá.'),
})

const OUTCOME = oneOf(['granted', 'partly', 'refused'], 'Kết quả: đồng ý, đồng ý một phần, từ chối.')
const RETURN_MODE = oneOf(
  ['counter', 'postal', 'online'],
  'Nhận kết quả: tại Bộ phận Một cửa, bưu chính, trực tuyến.',
)
const MONEY = Type.Integer({ minimum: 0, maximum: 1_000_000_000_000, description: 'Đồng.' })
const QUANTITY = Type.Integer({ minimum: 1, maximum: 10_000, description: 'Số lượng (bản chứng thực …).' })

const COMMON = {
  at: optional(momentIn('Thời điểm thực hiện; bỏ trống: bây giờ.')),
  reason: optional(text(2000, 'Lý do.')),
  note: optional(text(2000, 'Ghi chú.')),
}

export const INTAKE_BODY = closedObject({
  act: optional(
    Type.Unsafe<'submit' | 'accept' | 'resolve_at_once' | 'refuse_intake'>({
      ...oneOf(['submit', 'accept', 'resolve_at_once', 'refuse_intake'], 'Việc mở hồ sơ.'),
      default: 'accept',
    }),
  ),
  unit: text(80, 'Khoá của đơn vị tiếp nhận, ví dụ xa-ngoc-ky.'),
  resolvingUnit: optional(text(80, 'Khoá của đơn vị giải quyết; bỏ trống: theo thủ tục.')),
  procedure: text(40, 'Mã thủ tục, ví dụ 1.004873.'),
  channel: oneOf([...CHANNELS, 'online'], 'Kênh nộp; online: theo mức độ đã công bố.'),
  applicant: PERSON,
  proxy: optional(PERSON),
  papers: optional(Type.Array(PAPER, { maxItems: 100, description: 'Thành phần hồ sơ đã nộp.' })),
  quantity: optional(QUANTITY),
  fee: optional(MONEY),
  feePayment: optional(oneOf(FEE_PAYMENTS)),
  returnMode: optional(RETURN_MODE),
  assisted: flag('Cán bộ nhập hộ.'),
  kiosk: flag('Nộp tại ki-ốt.'),
  digitised: flag('Thành phần đã số hoá.'),
  eResult: flag('Kết quả điện tử.'),
  attended: flag('false: hệ thống tự tiếp nhận, không có cán bộ.'),
  outcome: optional(OUTCOME),
  assignee: optional(text(80, 'Khoá của cán bộ được giao.')),
  sitting: optional(text(60, 'Cùng lượt nộp: mã hồ sơ đầu tiên của người ấy trong ngày.')),
  slip: optional(text(60, 'Nhập bù từ phiếu giấy: số phiếu, ví dụ KC-000.24.35.H23-000123.')),
  ...COMMON,
})
export type IntakeBody = Static<typeof INTAKE_BODY>

/** Every field that some act takes. */
export const ACT_FIELDS = {
  ...COMMON,
  attended: flag('false: hệ thống tự tiếp nhận, không có cán bộ.'),
  outcome: OUTCOME,
  returnMode: optional(RETURN_MODE),
  appointmentAt: momentIn('Thời điểm hẹn lại, sau hạn trả.'),
  assignee: Type.Unsafe<string | null>({
    type: ['string', 'null'],
    maxLength: 80,
    description: 'Khoá cán bộ; null: không giao ai.',
  }),
  days: Type.Integer({ minimum: 1, maximum: 60, description: 'Số ngày làm việc gia hạn.' }),
  eResult: flag('Kết quả điện tử.'),
  digitised: flag('Thành phần đã số hoá.'),
  feePayment: optional(oneOf(FEE_PAYMENTS)),
  feePaidAt: optional(momentIn('Thời điểm nộp tiền; không có thì lấy thời điểm thực hiện.')),
  fee: optional(MONEY),
  quantity: optional(QUANTITY),
  overdueReason: optional(
    Type.Unsafe<string | null>({
      type: ['string', 'null'],
      maxLength: 200,
      description: 'Nguyên nhân quá hạn; ở lại trong diễn biến, không nêu tên hay thông tin của ai.',
    }),
  ),
} as const

export const DOSSIER_QUERY = closedObject({
  unit: optional(text(80, 'Đơn vị giải quyết và các đơn vị trực thuộc: khoá, mã GSO hoặc mã cơ quan.')),
  receivingUnit: optional(text(80, 'Đơn vị tiếp nhận và các đơn vị trực thuộc.')),
  state: optional(
    Type.String({
      maxLength: 200,
      description: `Một hay nhiều trạng thái cách nhau dấu phẩy: ${STATES.join(', ')}.`,
    }),
  ),
  procedure: optional(text(40, 'Mã thủ tục.')),
  channel: optional(oneOf(CHANNELS)),
  assignee: optional(text(80, 'Khoá cán bộ; none: chưa giao ai.')),
  open: optional(Type.Boolean({ description: 'true: đang giải quyết; false: không còn hoặc chưa.' })),
  overdue: optional(
    Type.Boolean({ description: 'Đang giải quyết và đã quá hạn (true) hoặc còn hạn (false).' }),
  ),
  dueBefore: optional(dayIn('Hạn trả trước ngày này.')),
  receivedFrom: optional(dayIn('Tiếp nhận từ ngày.')),
  receivedTo: optional(dayIn('Tiếp nhận đến hết ngày.')),
  q: optional(
    text(
      200,
      'Tìm như ở trang: họ tên không cần dấu và thứ tự, một phần mã, cả số định danh hay điện thoại hoặc bốn số cuối.',
    ),
  ),
  name: optional(text(200, 'Phần đầu họ tên người nộp, không cần dấu.')),
  idNumber: optional(text(30, 'Số định danh người nộp, đủ số.')),
  phone: optional(text(30, 'Số điện thoại người nộp, đủ số.')),
  code: optional(text(60, 'Phần đầu mã hồ sơ.')),
  sort: optional(
    oneOf(
      ['recorded', 'due'],
      'recorded: mới nhập trước (mặc định); due: đang giải quyết, sắp đến hạn trước.',
    ),
  ),
  ...PAGE_QUERY,
})
export type DossierQuery = Static<typeof DOSSIER_QUERY>
