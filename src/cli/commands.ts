import type { Command } from './command.ts'

interface Entry {
  readonly summary: string
  /** Loaded when called: `due` must not wait for the web server's code. */
  load(): Promise<Command>
}

/** Every command: the table of contents of the command line. */
export const COMMANDS = {
  serve: { summary: 'Chạy dịch vụ web', load: async () => (await import('./serve.ts')).serve },
  worker: {
    summary: 'Chạy tiến trình xử lý việc nền',
    load: async () => (await import('./worker.ts')).worker,
  },
  demo: {
    summary: 'Tạo bản trình diễn, in tỷ lệ và chạy dịch vụ web',
    load: async () => (await import('./demo.ts')).demo,
  },
  migrate: {
    summary: 'Tạo hoặc nâng cấp cơ sở dữ liệu',
    load: async () => (await import('./migrate.ts')).migrate,
  },
  seed: {
    summary: 'Nạp dữ liệu quy định hoặc dữ liệu trình diễn',
    load: async () => (await import('./seed.ts')).seed,
  },
  due: { summary: 'Tính hạn trả kết quả', load: async () => (await import('./due.ts')).due },
  report: {
    summary: 'In số liệu và tỷ lệ của một kỳ',
    load: async () => (await import('./report.ts')).report,
  },
  calendar: {
    summary: 'Xem trước, ghi, hoàn tác quyết định về lịch',
    load: async () => (await import('./calendar.ts')).calendar,
  },
  revisions: {
    summary: 'In các bản của một kỳ đã chốt',
    load: async () => (await import('./revisions.ts')).revisions,
  },
  compare: {
    summary: 'So sánh hai bản của một kỳ đã chốt',
    load: async () => (await import('./compare.ts')).compare,
  },
  close: { summary: 'Chốt kỳ báo cáo', load: async () => (await import('./close.ts')).close },
  recount: { summary: 'Đếm lại số liệu từ hồ sơ', load: async () => (await import('./recount.ts')).recount },
  import: {
    summary: 'Nhập sổ theo dõi hồ sơ từ CSV hoặc Excel',
    load: async () => (await import('./import.ts')).importCommand,
  },
  export: {
    summary: 'Xuất sổ theo dõi hồ sơ ra CSV hoặc Excel',
    load: async () => (await import('./export.ts')).exportCommand,
  },
  'personal-data': {
    summary: 'Xoá dữ liệu cá nhân đã hết thời hạn lưu',
    load: async () => (await import('./personal-data.ts')).personalData,
  },
  exchange: {
    summary: 'In hồ sơ theo tên trường của Cổng Dịch vụ công quốc gia',
    load: async () => (await import('./exchange.ts')).exchange,
  },
  index: {
    summary: 'In bảng xếp hạng chỉ số CCHC',
    load: async () => (await import('./index-ranking.ts')).index,
  },
  reorganise: {
    summary: 'Xem trước hoặc ghi phương án sắp xếp đơn vị',
    load: async () => (await import('./reorganise.ts')).reorganise,
  },
  user: {
    summary: 'Tài khoản, vị trí, vai trò, mật khẩu tạm',
    load: async () => (await import('./user.ts')).user,
  },
  token: {
    summary: 'Khoá API của phần mềm kết nối',
    load: async () => (await import('./token.ts')).token,
  },
  webhook: {
    summary: 'Báo cho phần mềm khác việc trên hồ sơ, xem nhật ký gửi',
    load: async () => (await import('./webhook.ts')).webhook,
  },
  paper: { summary: 'Dựng thử một mẫu giấy tờ (PDF)', load: async () => (await import('./paper.ts')).paper },
  backup: { summary: 'Sao lưu cơ sở dữ liệu', load: async () => (await import('./backup.ts')).backup },
  restore: { summary: 'Khôi phục từ bản sao lưu', load: async () => (await import('./restore.ts')).restore },
  key: {
    summary: 'Kiểm tra, cất và đặt lại khoá',
    load: async () => (await import('./key.ts')).key,
  },
  feed: {
    summary: 'Gửi số liệu lên tuyến trên, nhận của tuyến dưới',
    load: async () => (await import('./feed.ts')).feed,
  },
  audit: {
    summary: 'In nhật ký kiểm tra và gốc của từng ngày',
    load: async () => (await import('./audit.ts')).audit,
  },
  verify: {
    summary: 'Kiểm tra cơ sở dữ liệu hoặc bản sao lưu',
    load: async () => (await import('./verify.ts')).verify,
  },
} as const satisfies Record<string, Entry>

export type CommandName = keyof typeof COMMANDS

export function helpText(): string {
  const lines = Object.entries(COMMANDS).map(([name, { summary }]) => `  ${name.padEnd(13)} ${summary}`)
  return [
    'Cách dùng: npm run --silent motcua -- LỆNH [tham số]',
    '',
    ...lines,
    '  help          In trang này; LỆNH --help in cách dùng của một lệnh',
    '',
    'Mã thoát: 0 xong, 1 bị từ chối (lý do ở luồng lỗi), 2 câu lệnh sai.',
    '',
  ].join('\n')
}
