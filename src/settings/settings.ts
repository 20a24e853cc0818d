/** What an administrator may set: the one list, for the readers of each value and for the page. */
interface Common {
  readonly group: SettingGroup
  readonly label: string
  /** What it does, for the administrator. */
  readonly about: string
  /** Page of its own on which it is changed. */
  readonly href?: string
}

interface Flag extends Common {
  readonly kind: 'flag'
  readonly otherwise: boolean
}

/** A whole number between two bounds, both included. */
interface Whole extends Common {
  readonly kind: 'whole'
  readonly unit: string
  readonly otherwise: number
  readonly least: number
  readonly most: number
  /** The stored value may also be numbers by procedure code, and `default`. */
  readonly byProcedure?: true
}

/** An hour of the day, `HH:MM`, between two others. */
interface Hour extends Common {
  readonly kind: 'hour'
  readonly otherwise: string
  readonly least: string
  readonly most: string
}

/** Percents by rate variant, of two decimals at most. */
interface Percents extends Common {
  readonly kind: 'percents'
  readonly parts: Readonly<Record<string, { readonly label: string; readonly otherwise: number }>>
}

export type Setting = Flag | Whole | Hour | Percents

export const SETTING_GROUPS = {
  sign_in: 'Đăng nhập',
  counter: 'Tiếp nhận và giải quyết',
  figures: 'Số liệu và báo cáo',
  work: 'Việc chạy tự động',
  files: 'Tệp và lưu trữ',
} as const

export type SettingGroup = keyof typeof SETTING_GROUPS

export const SETTINGS = {
  session_idle_minutes: {
    group: 'sign_in',
    kind: 'whole',
    label: 'Tự đăng xuất khi không dùng',
    about: 'Phiên không có thao tác nào trong thời gian này thì kết thúc; người dùng đăng nhập lại.',
    unit: 'phút',
    otherwise: 120,
    least: 5,
    most: 720,
  },
  session_hours: {
    group: 'sign_in',
    kind: 'whole',
    label: 'Một phiên dài nhất',
    about: 'Dù đang dùng, sau thời gian này phải đăng nhập lại. Áp dụng cho phiên mở từ lúc đổi.',
    unit: 'giờ',
    otherwise: 12,
    least: 1,
    most: 24,
  },
  administrators_need_second_factor: {
    group: 'sign_in',
    kind: 'flag',
    label: 'Quản trị viên phải có xác thực hai lớp',
    about:
      'Ai chưa có được dẫn đến trang thiết lập ngay ở trang kế tiếp, kể cả người đang đổi thiết lập này.',
    otherwise: false,
  },
  corrections_need_second_person: {
    group: 'counter',
    kind: 'flag',
    label: 'Đính chính kỳ đã chốt luôn cần người thứ hai duyệt',
    about: 'Không đặt: người đứng đầu tự đính chính được, có ghi lý do và tên.',
    href: '/quan-tri/dinh-chinh/cach-duyet',
    otherwise: false,
  },
  calendar_may_shorten: {
    group: 'counter',
    kind: 'flag',
    label: 'Quyết định về lịch được rút ngắn hạn đã hứa',
    about:
      'Không đặt: hồ sơ đã tiếp nhận giữ hạn trên giấy hẹn khi lịch mới tính ra hạn sớm hơn. Chỉ đặt khi có văn bản cho phép.',
    otherwise: false,
  },
  folder_hours: {
    group: 'counter',
    kind: 'whole',
    label: 'Hồ sơ giấy trên đường luân chuyển',
    about:
      'Quá số giờ làm việc này, theo lịch nơi nhận, mà chưa ai quét nhận thì trang Đang trên đường và phiếu bàn giao ghi “quá lâu”. Không gửi lời nhắc nào.',
    unit: 'giờ làm việc',
    otherwise: 4,
    least: 1,
    most: 80,
  },
  message_hold_minutes: {
    group: 'counter',
    kind: 'whole',
    label: 'Giữ tin nhắn trước khi gửi',
    about: 'Tin cho người nộp chờ chừng này phút, để việc ghi nhầm sửa kịp không thành một tin đã gửi.',
    unit: 'phút',
    otherwise: 5,
    least: 0,
    most: 1440,
  },
  rate_targets: {
    group: 'figures',
    kind: 'percents',
    label: 'Mục tiêu của các tỷ lệ',
    about: 'Bảng và biểu đồ đánh dấu đơn vị dưới mục tiêu; số liệu và cách tính không đổi.',
    parts: {
      V2: { label: 'Giải quyết đúng và trước hạn (V2)', otherwise: 95 },
      N1: { label: 'Hồ sơ nộp trực tuyến (N1)', otherwise: 70 },
    },
  },
  close_at: {
    group: 'work',
    kind: 'hour',
    label: 'Giờ chốt kỳ báo cáo',
    about:
      'Tuần chốt ngày thứ Hai, tháng và dài hơn chốt ngày làm việc thứ hai, vào giờ này. Lùi muộn hơn để nhập nốt việc của ngày cuối kỳ.',
    otherwise: '06:00',
    least: '06:00',
    most: '12:00',
  },
  night_at: {
    group: 'work',
    kind: 'hour',
    label: 'Giờ làm việc ban đêm',
    about: 'Lập bản điều chỉnh, đếm lại, tính chỉ số, sao lưu, dọn dẹp bắt đầu vào giờ này mỗi đêm.',
    otherwise: '01:00',
    least: '00:10',
    most: '05:30',
  },
  import_folder_at: {
    group: 'work',
    kind: 'hour',
    label: 'Giờ nhận sổ từ thư mục',
    about: 'Mỗi ngày xem các thư mục IMPORT_FOLDER vào giờ này.',
    otherwise: '00:30',
    least: '00:00',
    most: '23:59',
  },
  import_max_mib: {
    group: 'files',
    kind: 'whole',
    label: 'Tệp sổ lớn nhất khi nhập',
    about: 'Tệp lớn hơn bị từ chối ngay khi tải lên.',
    unit: 'MiB',
    otherwise: 20,
    least: 1,
    most: 200,
  },
  attachment_max_mib: {
    group: 'files',
    kind: 'whole',
    label: 'Tệp đính kèm lớn nhất',
    about: 'Của mỗi tệp đính kèm hồ sơ; tệp lớn hơn bị từ chối.',
    unit: 'MiB',
    otherwise: 10,
    least: 1,
    most: 64,
  },
  retention_years: {
    group: 'files',
    kind: 'whole',
    label: 'Thời hạn lưu hồ sơ đã xong',
    about:
      'Dữ liệu cá nhân của hồ sơ chỉ xoá được sau thời hạn này. Hãy đặt theo danh mục thời hạn lưu của cơ quan; thời hạn riêng của từng thủ tục được giữ nguyên khi đổi ở đây.',
    unit: 'năm',
    otherwise: 10,
    least: 1,
    most: 100,
    byProcedure: true,
  },
} as const satisfies Record<string, Setting>

export type SettingName = keyof typeof SETTINGS

/** What the product keeps for itself in the same table; nobody sets it by hand. */
export const INTERNAL_SETTINGS = [
  'message_rules',
  'demo',
  'paper_templates',
  'catalogue_version',
  'audit_proven',
  'last_backup',
  'last_backup_copy',
  'feed_wave',
  'feed_asked',
  'revised_change',
  'verified_event',
] as const

/** Every key that may be read or written: a reader of another one does not compile. */
/** `seen:7`: when officer 7 last looked at their morning. */
export type SettingKey = SettingName | (typeof INTERNAL_SETTINGS)[number] | `seen:${number}`

export const SETTING_NAMES = Object.keys(SETTINGS) as readonly SettingName[]

export function isSettingName(name: string): name is SettingName {
  return Object.hasOwn(SETTINGS, name)
}
