import { headerMapper } from '../imports/map-headers.ts'
import type { VersionFacts } from './facts.ts'

/** A column of the sheet of procedures: its own name, what Vietnamese readers call it, and other words for it. */
export const PROCEDURE_COLUMNS = {
  code: { label: 'Mã thủ tục', headers: ['ma tthc', 'ma thu tuc hanh chinh', 'ma so'] },
  name: { label: 'Tên thủ tục', headers: ['ten tthc', 'ten thu tuc hanh chinh', 'thu tuc'] },
  field: { label: 'Lĩnh vực', headers: ['ma linh vuc', 'ten linh vuc'] },
  level: { label: 'Cấp thực hiện', headers: ['cap', 'cap giai quyet'] },
  resolver: { label: 'Cơ quan giải quyết', headers: ['don vi giai quyet', 'co quan thuc hien'] },
  inter_agency: { label: 'Liên thông', headers: ['lien thong nganh'] },
  valid_from: { label: 'Áp dụng từ', headers: ['tu ngay', 'hieu luc tu', 'ngay ap dung', 'ngay hieu luc'] },
  limit: { label: 'Thời hạn', headers: ['thoi han giai quyet', 'thoi gian giai quyet'] },
  cutoff: { label: 'Giờ nhận cuối', headers: ['nhan sau gio', 'gio chot nhan'] },
  mode: { label: 'Hạn tính đến', headers: ['cach tinh han'] },
  lateness: { label: 'Xét trễ', headers: ['xet tre han'] },
  online_level: { label: 'Mức độ trực tuyến', headers: ['muc do', 'muc do dvc', 'dvctt muc do'] },
  online_mode: { label: 'Hình thức trực tuyến', headers: ['toan trinh mot phan', 'loai dvc'] },
  fee: { label: 'Phí, lệ phí', headers: ['le phi', 'phi', 'muc thu'] },
  fee_note: { label: 'Ghi chú phí', headers: ['cach tinh phi'] },
  instant: { label: 'Trả ngay', headers: ['tra ket qua ngay'] },
  supplement_policy: { label: 'Khi bổ sung', headers: ['bo sung ho so'] },
  payment_policy: { label: 'Khi chờ nghĩa vụ tài chính', headers: ['cho nop tien', 'nghia vu tai chinh'] },
  verification_policy: { label: 'Khi xác minh', headers: ['xac minh tham tra'] },
  consultation_policy: { label: 'Khi lấy ý kiến', headers: ['lay y kien'] },
  extension_days: { label: 'Được gia hạn', headers: ['so ngay gia han', 'gia han'] },
  publication_decision: { label: 'Quyết định công bố', headers: ['so quyet dinh cong bo', 'qd cong bo'] },
  verified: { label: 'Đã xác minh', headers: ['da doi chieu'] },
  source: { label: 'Nguồn', headers: ['can cu', 'can cu phap ly'] },
  components: { label: 'Thành phần hồ sơ', headers: ['giay to', 'ho so gom'] },
  steps: { label: 'Quy trình', headers: ['cac buoc', 'quy trinh giai quyet'] },
} as const satisfies Record<string, { label: string; headers: readonly string[] }>

export type ProcedureColumn = keyof typeof PROCEDURE_COLUMNS

export const PROCEDURE_COLUMN_NAMES = Object.keys(PROCEDURE_COLUMNS) as readonly ProcedureColumn[]

/** Without these no row can be read. */
export const NEEDED_COLUMNS = [
  'code',
  'valid_from',
  'limit',
  'source',
] as const satisfies readonly ProcedureColumn[]

export const mapProcedureHeaders = headerMapper(PROCEDURE_COLUMNS)

/** In which column a fact stands. */
export const COLUMN_OF = {
  limit: 'limit',
  cutoffMinute: 'cutoff',
  mode: 'mode',
  lateness: 'lateness',
  onlineLevel: 'online_level',
  onlineMode: 'online_mode',
  fee: 'fee',
  feeNote: 'fee_note',
  instant: 'instant',
  supplementPolicy: 'supplement_policy',
  paymentPolicy: 'payment_policy',
  verificationPolicy: 'verification_policy',
  consultationPolicy: 'consultation_policy',
  extensionDays: 'extension_days',
  publicationDecision: 'publication_decision',
  verified: 'verified',
  source: 'source',
  components: 'components',
  steps: 'steps',
} as const satisfies Record<keyof VersionFacts, ProcedureColumn>
