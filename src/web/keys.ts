/** A key and what it does. Keys pressed together stand in one list: `['Ctrl', 'Enter']`. */
export interface Key {
  readonly keys: readonly string[]
  readonly does: string
}

export interface KeyGroup {
  readonly title: string
  /** Routes on whose pages they work; null: on every page. */
  readonly routes: readonly string[] | null
  readonly keys: readonly Key[]
}

/** Every key the pages know: what `?` and `/phim-tat` show, and docs/van-hanh.md says (a test compares). */
export const KEYS: readonly KeyGroup[] = [
  {
    title: 'Mọi trang',
    routes: null,
    keys: [
      { keys: ['/'], does: 'Tìm hồ sơ' },
      { keys: ['n'], does: 'Tiếp nhận hồ sơ mới, từ trang khác' },
      { keys: ['g'], does: 'Bàn giao bản giấy' },
      { keys: ['f'], does: 'Thu phí, lệ phí' },
      { keys: ['e'], does: 'Cuối ngày' },
      { keys: ['?'], does: 'Xem các phím của trang' },
    ],
  },
  {
    title: 'Tiếp nhận hồ sơ',
    routes: ['/ho-so/moi'],
    keys: [
      { keys: ['F1–F8'], does: 'Chọn một trong tám thủ tục hay dùng' },
      { keys: ['F9'], does: 'Điền theo hồ sơ trước của người nộp' },
      { keys: ['Ctrl', 'Enter'], does: 'Tiếp nhận và in' },
      { keys: ['Ctrl', 'Shift', 'Enter'], does: 'Lưu và tiếp nhận hồ sơ sau' },
      { keys: ['Ctrl', 'Alt', 'Enter'], does: 'Tiếp nhận và trả kết quả ngay, với thủ tục giải quyết ngay' },
      { keys: ['Esc'], does: 'Ra khỏi ô đang gõ' },
      { keys: ['p'], does: 'Xem và in giấy của hồ sơ vừa lưu' },
    ],
  },
  {
    title: 'Vừa tiếp nhận',
    routes: ['/ho-so/:code/da-nhan'],
    keys: [
      { keys: ['p'], does: 'In giấy tiếp nhận hoặc phiếu từ chối' },
      { keys: ['b'], does: 'Lập biên lai, khi còn phí phải thu' },
      { keys: ['t'], does: 'Tiếp nhận hồ sơ nữa của người này' },
    ],
  },
  {
    title: 'Tiếp nhận trực tuyến',
    routes: ['/truc-tuyen', '/truc-tuyen/:code'],
    keys: [
      { keys: ['Ctrl', 'Enter'], does: 'Tiếp nhận; trong ô nội dung thì gửi yêu cầu bổ sung' },
      { keys: ['b'], does: 'Ghi nội dung cần bổ sung hoặc lý do từ chối' },
    ],
  },
  {
    title: 'Danh sách hồ sơ, kết quả tìm',
    routes: ['/viec', '/ho-so', '/ho-so/tim', '/sang-nay/:kind'],
    keys: [
      { keys: ['j'], does: 'Xuống một hồ sơ' },
      { keys: ['k'], does: 'Lên một hồ sơ' },
      { keys: ['x'], does: 'Chọn hồ sơ, nơi có ô chọn' },
      { keys: ['a'], does: 'Giao các hồ sơ đã chọn, nơi có ô chọn' },
      { keys: ['Enter'], does: 'Mở hồ sơ' },
    ],
  },
  {
    title: 'Một hồ sơ',
    routes: ['/ho-so/:code'],
    keys: [
      { keys: ['s'], does: 'Làm việc tiếp theo' },
      { keys: ['i'], does: 'In giấy tiếp nhận' },
      { keys: ['Esc'], does: 'Về danh sách' },
    ],
  },
  {
    title: 'Biên lai, phiếu bàn giao, sổ trong ngày, báo cáo',
    routes: ['/thu-phi/:number', '/ban-giao/phieu/:number', '/cuoi-ngay', '/bao-cao/:period'],
    keys: [{ keys: ['p'], does: 'Xem và in giấy của trang' }],
  },
  {
    title: 'Giấy đang xem',
    routes: null,
    keys: [
      { keys: ['Enter'], does: 'In' },
      { keys: ['Esc'], does: 'Đóng, trở lại trang' },
    ],
  },
  {
    title: 'Một việc của hồ sơ',
    routes: ['/ho-so/:code/viec/:act'],
    keys: [
      { keys: ['Ctrl', 'Enter'], does: 'Ghi việc' },
      { keys: ['Esc'], does: 'Thôi, về hồ sơ' },
    ],
  },
  {
    title: 'Nhập bù từ phiếu giấy',
    routes: ['/nhap-bu'],
    keys: [{ keys: ['Enter'], does: 'Sang ô sau; ở ô cuối thì ghi' }],
  },
]

/** The groups of keys that work on the pages of a route, its own before the general ones. */
export function keysOn(route: string | undefined): readonly KeyGroup[] {
  const own = KEYS.filter(({ routes }) => routes?.includes(route ?? '') === true)
  return [...own, ...KEYS.filter(({ routes }) => routes === null)]
}
