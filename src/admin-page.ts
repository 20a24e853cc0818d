import type { FastifyInstance } from 'fastify'
import { openAlarms } from '../db/queries/alarms.ts'
import { waitingForUnitCount } from '../db/queries/coordination-queue.ts'
import { countWaitingCorrections } from '../db/queries/correction-requests.ts'
import { endingTokens } from './accounts/ending-tokens.ts'
import { mayEnter } from './accounts/guard.ts'
import { ROUTES } from './accounts/routes.ts'
import type { AlarmKind } from './alarms.ts'
import type { Deps } from './deps.ts'
import { localDayOf } from './domain/calendar/day.ts'
import { each, html, when } from './web/html.ts'
import { type IconName, icon } from './web/icons.ts'
import type { Show } from './web/layout.ts'

/** One place of the administration. */
interface Place {
  readonly href: string
  readonly icon: IconName
  readonly label: string
  readonly about: string
  /** How many things wait there; 0 shows nothing. */
  readonly waiting?: (deps: Deps) => number
}

const FEED_ALARMS: ReadonlySet<AlarmKind> = new Set(['feed_late', 'feed_refused', 'feed_untrusted'])

/** Everything that is maintained rather than done all day, in the order in which it is looked for. */
const PLACES: readonly Place[] = [
  {
    href: '/quan-tri/nhap-so',
    icon: 'dossier',
    label: 'Nhập sổ theo dõi',
    about: 'Từ CSV hoặc Excel, xem trước rồi mới ghi',
  },
  {
    href: '/quan-tri/so-theo-doi',
    icon: 'dossier',
    label: 'Sổ theo dõi của năm',
    about: 'Khoá sổ cuối năm, in từng quyển, trang bổ sung',
  },
  {
    href: '/quan-tri/xuat-so',
    icon: 'dossier',
    label: 'Xuất sổ theo dõi',
    about: 'Ra Excel hoặc CSV, theo đơn vị, năm hoặc ngày',
  },
  {
    href: '/quan-tri/lich',
    icon: 'calendar',
    label: 'Lịch làm việc',
    about: 'Ngày nghỉ, làm bù, đóng cửa; quyết định và hồ sơ chuyển hạn',
  },
  {
    href: '/quan-tri/nguoi-dung',
    icon: 'person',
    label: 'Người dùng',
    about: 'Tài khoản, vị trí, vai trò, mật khẩu, phiên',
  },
  {
    href: '/quan-tri/khoa-api',
    icon: 'lock',
    label: 'Khoá API',
    about: 'Phần mềm kết nối, khoá theo việc và thời hạn',
    waiting: (deps) => endingTokens(deps).size,
  },
  {
    href: '/quan-tri/webhook',
    icon: 'send',
    label: 'Webhook',
    about: 'Báo cho phần mềm khác mỗi việc trên hồ sơ; nhật ký gửi',
  },
  {
    href: '/tin-nhan',
    icon: 'send',
    label: 'Tin nhắn cho người dân',
    about: 'Tin đang chờ, không gửi được, đã gửi; dừng và gửi lại',
  },
  {
    href: '/tin-nhan/cach-gui',
    icon: 'send',
    label: 'Cách gửi tin',
    about: 'Loại tin nào gửi bằng gì, giữ bao lâu, mẫu tin, hộp thư thử',
  },
  {
    href: '/quan-tri/nhat-ky',
    icon: 'lock',
    label: 'Nhật ký kiểm tra',
    about: 'Ai đã làm gì, xem gì, lúc nào; chuỗi mã băm và gốc từng ngày',
    waiting: ({ db }) => openAlarms(db).filter(({ kind }) => kind === 'audit_broken').length,
  },
  {
    href: '/tinh-trang',
    icon: 'pulse',
    label: 'Tình trạng hệ thống',
    about: 'Cảnh báo, việc định kỳ, sao lưu',
    waiting: ({ db }) => openAlarms(db).length,
  },
  {
    href: '/quan-tri/dinh-chinh',
    icon: 'check',
    label: 'Đính chính',
    about: 'Duyệt việc lùi vào kỳ đã chốt hoặc lùi quá một ngày',
    waiting: ({ db }) => countWaitingCorrections(db),
  },
  {
    href: '/nhap-bu',
    icon: 'dossier',
    label: 'Nhập bù sau gián đoạn',
    about: 'In phiếu trước, khai báo gián đoạn, nhập từ phiếu giấy',
  },
  {
    href: '/quan-tri/khep-muon',
    icon: 'due_soon',
    label: 'Khép muộn',
    about: 'Hồ sơ đã xong nhưng ghi muộn, theo đơn vị và cán bộ',
  },
  {
    href: '/quan-tri/don-vi',
    icon: 'index',
    label: 'Đơn vị',
    about: 'Đơn vị theo ngày, lịch sử, sắp xếp, hồ sơ chờ phân công',
    waiting: ({ db, clock }) => waitingForUnitCount(db, localDayOf(clock.now())),
  },
  {
    href: '/quan-tri/tuyen-duoi',
    icon: 'report',
    label: 'Tuyến dưới',
    about: 'Hệ thống cấp dưới gửi số liệu về: đăng ký, kỳ còn thiếu, trễ',
    waiting: ({ db }) => openAlarms(db).filter(({ kind }) => FEED_ALARMS.has(kind)).length,
  },
]

/** `/quan-tri`: the way to every page of the administration that this person may open. */
export function adminPage(app: FastifyInstance, deps: Deps, show: Show): void {
  app.get('/quan-tri', ({ principal }, reply) => {
    const places = PLACES.filter(({ href }) => mayEnter(principal, ROUTES[`GET ${href}`] ?? 'people'))
    const body = html`<header class="page-head"><h1>Quản trị</h1></header>
<ul class="places">${each(places, (place) => html`<li><a href="${place.href}">${icon(place.icon, 20)}<strong>${place.label}</strong>${when(place.waiting?.(deps) || null, (n) => html`<span class="n">${n} việc chờ</span>`)}<small>${place.about}</small></a></li>`)}</ul>`
    return show(reply, { title: 'Quản trị', area: '/quan-tri', body })
  })
}
