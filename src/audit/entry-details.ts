import { type Named, nameOf } from '../../db/queries/audit-names.ts'
import { ROLE_LABELS, type Role } from '../accounts/roles.ts'
import { ALARMS, type AlarmKind } from '../alarms.ts'
import { catalogueOf } from '../catalogue/catalogue.ts'
import { unitName } from '../catalogue/unit-choices.ts'
import type { Deps } from '../deps.ts'
import { KIND_LABELS } from '../documents/kinds.ts'
import { localDayOf } from '../domain/calendar/day.ts'
import { formatCount } from '../domain/counting/rate-format.ts'
import { JOB_LABELS } from '../jobs.ts'
import { TEMPLATE_FILES } from '../paper-templates/template-files.ts'
import { SETTINGS, type SettingName } from '../settings/settings.ts'
import { fullDay } from '../web/formats.ts'

type NameDeps = Pick<Deps, 'db' | 'clock'>

/** What an entry keeps besides who and when, in words: ids are read as the names of today. */
export function detailsOf(deps: NameDeps, data: Readonly<Record<string, unknown>>): readonly string[] {
  return Object.entries(data).flatMap(([field, value]) => {
    if (value === null || value === '' || HIDDEN.has(field)) return []
    const told = DETAILS[field]
    return [told === undefined ? `${field} ${wordsOf(value)}` : told(value, deps)].filter(
      (part) => part !== '',
    )
  })
}

/** What is shown elsewhere, or tells a reader nothing. */
const HIDDEN: ReadonlySet<string> = new Set(['event', 'digest', 'session', 'file', 'dossier'])

type Detail = (value: unknown, deps: NameDeps) => string

/** Fields of entries, whatever their kind. One that is missing here is printed as it is. */
const DETAILS: Readonly<Record<string, Detail>> = {
  what: wordsOf,
  command: wordsOf,
  outcome: wordsOf,
  by: wordsOf,
  role: (value) => ROLE_LABELS[value as Role] ?? String(value),
  held: (value) => (value === true ? 'từ nay giữ' : 'thôi giữ'),
  on: (value) => (typeof value === 'boolean' ? (value ? 'bật' : 'tắt') : `từ ${dayOr(value)}`),
  own: () => 'tự đính chính',
  account: named('account', 'tài khoản'),
  officer: (value, deps) => officerName(deps, Number(value)),
  person: (value) => `người số ${value}`,
  persons: (value) => `${formatCount(Number(value))} người`,
  name: (value) => `tên đã gõ ${String(value).slice(0, 8)}…`,
  unit: (value, deps) => nameOfUnit(deps, Number(value)),
  template: (value) => TEMPLATE_FILES.find(({ name }) => name === value)?.label ?? String(value),
  paper: (value) => KIND_LABELS[value as keyof typeof KIND_LABELS] ?? String(value),
  version: (value) => `bản ${value}`,
  document: () => '',
  webhook: named('webhook', 'webhook'),
  child: named('child', 'hệ thống'),
  decision: named('decision', 'quyết định'),
  reorganisation: named('reorganisation', 'phương án'),
  import: named('import', 'tệp'),
  slip: named('slip', 'phiếu'),
  message: (value) => `tin số ${value}`,
  outage: (value) => `lần ${value}`,
  request: (value) => `đề nghị ${value}`,
  job: (value) => JOB_LABELS[value as keyof typeof JOB_LABELS] ?? String(value),
  subject: (value) => dayOr(value),
  attempts: (value) => (value === 1 ? '' : `lần thứ ${value}`),
  setting: (value) => SETTINGS[value as SettingName]?.label ?? wordsOf(value),
  value: wordsOf,
  format: (value) => String(value).toUpperCase(),
  numbers: (value) => (value === true ? 'có số định danh và điện thoại' : 'không có số định danh'),
  from: (value) => `từ ${dayOr(value)}`,
  to: (value) => `đến ${dayOr(value)}`,
  after: (value) => `sau việc số ${value}`,
  rows: counted('dòng'),
  added: counted('hồ sơ mới'),
  changed: counted('hồ sơ đổi'),
  moved: counted('hồ sơ chuyển'),
  removed: counted('số đã xoá'),
  units: unitsOf,
  cells: counted('ô số liệu'),
  revisions: counted('bản mới'),
  ended: counted('phiên kết thúc'),
  unreadable: () => 'dữ liệu của mục không đọc được',
  alarm: (value) => ALARMS[value as AlarmKind]?.label ?? String(value),
  procedure: (value, { db }) =>
    catalogueOf(db).procedureById.get(Number(value))?.name ?? `thủ tục số ${value}`,
  procedures: counted('thủ tục mới'),
  versions: counted('phiên bản mới'),
  verified: counted('phiên bản xác minh'),
  renamed: (value) => (value === 0 ? '' : `${formatCount(Number(value))} thủ tục đổi tên`),
  year: (value) => `năm ${value}`,
  period: (value) => `kỳ ${value}`,
  token: (value) => `khoá số ${value}`,
  scopes: (value) => `${formatCount(Array.isArray(value) ? value.length : 0)} việc được làm`,
  days: (value) => `${value} ngày`,
  post: () => '',
  kind: wordsOf,
  reason: wordsOf,
  why: wordsOf,
  kept: counted('người còn phải giữ'),
  step: wordsOf,
  change: wordsOf,
  attachment: (value) => `tệp số ${value}`,
  attachments: counted('tệp'),
  mediaType: (value) => String(value),
  bytes: (value) => `${formatCount(Math.ceil(Number(value) / 1024))} KiB`,
  handOver: (value) => `phiếu bàn giao số ${value}`,
  folders: counted('hồ sơ giấy'),
  sentTo: (value, deps) => `gửi đến ${nameOfUnit(deps, Number(value))}`,
  receipt: (value) => `biên lai số ${value}`,
  payment: wordsOf,
  amount: (value) => `${formatCount(Number(value))} đồng`,
  day: (value) => dayOr(value),
  open: counted('hồ sơ đang giải quyết'),
  untied: counted('chỗ không khớp'),
  cashOff: counted('khoản tiền chênh'),
  times: (value) => `lần thứ ${value}`,
  substitution: () => '',
  absent: (value, deps) => `vắng: ${officerName(deps, Number(value))}`,
  substitute: (value, deps) => `thay: ${officerName(deps, Number(value))}`,
  identity: (value) => `danh tính ${String(value).slice(0, 8)}…`,
}

/** Words for what the code calls things. */
const WORDS: Readonly<Record<string, string>> = {
  added: 'thêm',
  paused: 'tạm dừng',
  resumed: 'chạy tiếp',
  removed: 'gỡ',
  secret_rotated: 'đổi khoá ký',
  key_renewed: 'đổi khoá',
  recorded: 'ghi',
  undone: 'hoàn tác',
  assigned: 'phân công',
  closed: 'khoá',
  supplemented: 'thêm trang bổ sung',
  declared: 'khai báo',
  ended: 'kết thúc',
  approved: 'duyệt',
  rejected: 'từ chối',
  done: 'xong',
  failed: 'lỗi',
  register: 'sổ theo dõi',
  register_book: 'quyển sổ theo dõi',
  day_register: 'sổ trong ngày',
  calendar_moves: 'hồ sơ chuyển hạn',
  calendar_preview: 'hồ sơ sẽ chuyển hạn',
  exchange: 'hồ sơ cho Cổng Dịch vụ công',
  audit: 'nhật ký kiểm tra',
  page: 'trên trang',
  api: 'qua API',
  cli: 'bằng dòng lệnh',
  self: 'tự làm',
  administrator: 'quản trị viên làm',
  password: 'mật khẩu',
  password_and_code: 'mật khẩu và mã',
  external: 'hệ thống đăng nhập ngoài',
  expired: 'mật khẩu tạm đã hết hạn',
  locked: 'thử tiếp trong lúc phải chờ',
  disabled: 'khoá',
  enabled: 'mở lại',
  stopped: 'dừng',
  resent: 'gửi lại',
  message_hold_minutes: 'số phút giữ tin cho người dân',
  message_rules: 'cách gửi tin cho người dân',
  rules_loaded: 'nạp dữ liệu quy định',
  procedure_version: 'phiên bản thủ tục',
  procedure_verified: 'xác minh thủ tục',
  procedure_sheet: 'bảng thủ tục',
  procedure_renamed: 'đổi tên thủ tục',
  paper_template: 'mẫu giấy',
  template_own: 'dùng mẫu của đơn vị',
  template_shipped: 'trở về mẫu có sẵn',
  office_hours: 'giờ làm việc',
  unit_contact: 'liên hệ của đơn vị',
  retry_asked: 'yêu cầu chạy lại',
  dismissed: 'tắt bằng tay',
  default: 'về mặc định',
  close: 'chốt kỳ',
  recount_repair: 'lập lại số liệu',
  renew_roots: 'lập lại tệp gốc ngày',
  key_give_up: 'bỏ khoá đã mất',
  restore: 'khôi phục từ bản sao lưu',
  upgrade: 'nâng cấp',
  person: 'người',
  client: 'phần mềm',
  linked: 'liên kết',
  unlinked: 'gỡ liên kết',
  sent: 'gửi',
  received: 'nhận',
  recalled: 'thu hồi',
  taken: 'thu',
  voided: 'huỷ',
  reopened: 'mở lại',
  erased: 'xoá',
  cash: 'tiền mặt',
  transfer: 'chuyển khoản',
  online: 'trực tuyến',
  true: 'có',
  false: 'không',
}

function wordsOf(value: unknown): string {
  if (Array.isArray(value)) return value.map(wordsOf).join(', ')
  return WORDS[String(value)] ?? String(value)
}

/** The name of today and, where it has none any more, the id. */
function named(what: Named, word: string): Detail {
  return (value, { db }) => {
    const name = nameOf(db, what, Number(value))
    return name === null ? `${word} số ${value}` : `${word} ${name}`
  }
}

/** How many, or which: a few by name. */
function unitsOf(value: unknown, deps: NameDeps): string {
  if (value === 'all') return 'mọi đơn vị'
  if (!Array.isArray(value)) return counted('đơn vị')(value, deps)
  if (value.length > UNITS_NAMED) return counted('đơn vị')(value.length, deps)
  return value.map((id) => nameOfUnit(deps, Number(id))).join(', ')
}

const UNITS_NAMED = 3

function nameOfUnit({ db, clock }: NameDeps, id: number): string {
  return unitName(catalogueOf(db).unitById.get(id), localDayOf(clock.now()))
}

function counted(word: string): Detail {
  return (value) => `${formatCount(Number(value))} ${word}`
}

export function officerName({ db }: Pick<Deps, 'db'>, id: number): string {
  return catalogueOf(db).officerById.get(id)?.name ?? `cán bộ số ${id}`
}

function dayOr(value: unknown): string {
  const text = String(value)
  return /^\d{4}-\d\d-\d\d$/.test(text) ? `ngày ${fullDay(text)}` : text
}
