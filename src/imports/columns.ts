/** A column of a register, as the product writes it; docs/import.md says what each means. */
export const COLUMNS = {
  code: { label: 'Mã hồ sơ', headers: ['ma hs', 'so ho so', 'ma so ho so', 'so bien nhan', 'ma bien nhan'] },
  unit: {
    label: 'Cơ quan chủ trì giải quyết',
    headers: [
      'don vi',
      'don vi giai quyet',
      'co quan giai quyet',
      'don vi xu ly',
      'co quan chu tri',
      'don vi thu ly',
    ],
  },
  receiving_unit: {
    label: 'Đơn vị tiếp nhận',
    headers: ['noi tiep nhan', 'co quan tiep nhan', 'bo phan tiep nhan'],
  },
  procedure: {
    label: 'Tên TTHC',
    headers: [
      'thu tuc',
      'ten thu tuc',
      'thu tuc hanh chinh',
      'ten thu tuc hanh chinh',
      'ma tthc',
      'ma thu tuc',
      'tthc',
    ],
  },
  channel: {
    label: 'Hình thức tiếp nhận',
    headers: [
      'hinh thuc',
      'hinh thuc nop',
      'phuong thuc nhan',
      'phuong thuc tiep nhan',
      'hinh thuc nhan',
      'kenh',
      'kenh nop',
    ],
  },
  quantity: { label: 'Số lượng hồ sơ', headers: ['so luong', 'so bo', 'so luong bo ho so'] },
  applicant: {
    label: 'Tên cá nhân, tổ chức',
    headers: [
      'ten ca nhan to chuc',
      'nguoi nop',
      'ho ten nguoi nop',
      'ho va ten',
      'ho ten',
      'chu ho so',
      'ten nguoi nop',
      'ca nhan to chuc',
      'nguoi nop ho so',
      'ten to chuc ca nhan',
      'ho va ten nguoi nop',
    ],
  },
  id_number: {
    label: 'Số định danh',
    headers: [
      'cccd',
      'cmnd',
      'so cccd',
      'so cmnd',
      'cmnd cccd',
      'so cmnd cccd',
      'so giay to',
      'cccd cmnd',
      'so dinh danh ca nhan',
    ],
  },
  phone: { label: 'SĐT', headers: ['so dien thoai', 'dien thoai', 'sdt nguoi nop'] },
  address: { label: 'Địa chỉ', headers: ['dia chi nguoi nop', 'dia chi thuong tru', 'noi o'] },
  submitted_at: {
    label: 'Ngày nộp',
    headers: ['ngay nop ho so', 'thoi diem nop', 'thoi gian nop', 'ngay nop truc tuyen'],
  },
  accepted_at: {
    label: 'Ngày nhận',
    headers: [
      'nhan ho so',
      'ngay nhan ho so',
      'ngay tiep nhan',
      'thoi diem tiep nhan',
      'thoi gian tiep nhan',
      'tiep nhan',
      'ngay nhan hs',
    ],
  },
  due_at: {
    label: 'Hẹn trả',
    headers: [
      'ngay hen tra',
      'hen tra ket qua',
      'ngay hen tra ket qua',
      'han tra',
      'han xu ly',
      'han giai quyet',
      'ngay hen',
    ],
  },
  late_since: { label: 'Quá hạn từ ngày', headers: ['qua han tu', 'ngay qua han'] },
  paused_from: {
    label: 'Tạm dừng từ',
    headers: ['ngay tam dung', 'tam dung tu ngay', 'ngay yeu cau bo sung'],
  },
  paused_to: {
    label: 'Tạm dừng đến',
    headers: ['ngay tiep tuc', 'tam dung den ngay', 'ngay bo sung', 'ngay nhan bo sung'],
  },
  pause_reason: { label: 'Lý do tạm dừng', headers: ['ly do dung'] },
  ended_at: {
    label: 'Ngày có kết quả',
    headers: [
      'ngay ket thuc',
      'ngay ket thuc xu ly',
      'ngay giai quyet',
      'ngay hoan thanh',
      'ngay xu ly xong',
    ],
  },
  outcome: { label: 'Kết quả', headers: ['ket qua giai quyet', 'ket qua xu ly'] },
  returned_at: {
    label: 'Ngày trả kết quả',
    headers: ['tra ket qua', 'ngay tra', 'thoi diem tra ket qua', 'ngay tra kq', 'ngay nhan ket qua'],
  },
  officer: {
    label: 'Cán bộ xử lý',
    headers: ['can bo', 'nguoi xu ly', 'can bo thu ly', 'cong chuc xu ly', 'nguoi thu ly'],
  },
  note: { label: 'Ghi chú', headers: ['ghi chu khac'] },
} as const satisfies Record<string, { readonly label: string; readonly headers: readonly string[] }>

export type Column = keyof typeof COLUMNS
export const COLUMN_NAMES = Object.keys(COLUMNS) as readonly Column[]

/** The second sheet: pauses before the last one. */
export const PAUSE_COLUMNS = [
  'code',
  'paused_from',
  'paused_to',
  'pause_reason',
] as const satisfies readonly Column[]

export function isColumn(name: string): name is Column {
  return Object.hasOwn(COLUMNS, name)
}
