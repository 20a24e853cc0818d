import type { FastifyInstance } from 'fastify'
import { openAlarms } from '../db/queries/alarms.ts'
import { waitingForUnitCount } from '../db/queries/coordination-queue.ts'
import { endingTokens } from './accounts/ending-tokens.ts'
import { mayEnter } from './accounts/guard.ts'
import { ROUTES } from './accounts/routes.ts'
import type { AlarmKind } from './alarms.ts'
import { waitingFor } from './corrections/seen-corrections.ts'
import type { Actor, Deps } from './deps.ts'
import { localDayOf } from './domain/calendar/day.ts'
import { each, type Html, html, when } from './web/html.ts'
import { type IconName, icon } from './web/icons.ts'
import type { Show } from './web/layout.ts'

/** One place of the administration. */
interface Place {
  readonly href: string
  readonly icon: IconName
  readonly label: string
  readonly about: string
  /** How many things wait there for this person; 0 shows nothing. */
  readonly waiting?: (deps: Deps, actor: Actor) => number
}

const FEED_ALARMS: ReadonlySet<AlarmKind> = new Set(['feed_late', 'feed_refused', 'feed_untrusted'])

/** Everything that is maintained rather than done all day, in the order in which it is looked for. */
const GROUPS: readonly { readonly label: string; readonly places: readonly Place[] }[] = [
  {
    label: 'Tại quầy',
    places: [
      {
        href: '/ban-giao',
        icon: 'send',
        label: 'Bàn giao bản giấy',
        about: 'Quét hồ sơ giao, nhận; phiếu hai bên ký; bản giấy trên đường',
      },
      {
        href: '/thu-phi',
        icon: 'print',
        label: 'Thu phí, lệ phí',
        about: 'Biên lai trong ngày, theo cách nộp',
      },
      {
        href: '/cuoi-ngay',
        icon: 'check',
        label: 'Cuối ngày',
        about: 'Đối chiếu hồ sơ và tiền, khép việc đã xong, chốt ngày, in sổ',
      },
    ],
  },
  {
    label: 'Số liệu',
    places: [
      {
        href: '/quan-tri/dinh-chinh',
        icon: 'check',
        label: 'Đính chính',
        about: 'Duyệt việc lùi vào kỳ đã chốt hoặc lùi quá một ngày',
        waiting: (deps, actor) => waitingFor(deps, actor).length,
      },
      {
        href: '/quan-tri/khep-muon',
        icon: 'due_soon',
        label: 'Khép muộn',
        about: 'Hồ sơ đã xong nhưng ghi muộn, theo đơn vị và cán bộ',
      },
      {
        href: '/nhap-bu',
        icon: 'dossier',
        label: 'Nhập bù sau gián đoạn',
        about: 'In phiếu trước, khai báo gián đoạn, nhập từ phiếu giấy',
      },
      {
        href: '/quan-tri/nhap-so',
        icon: 'dossier',
        label: 'Nhập sổ theo dõi',
        about: 'Từ CSV hoặc Excel, xem trước rồi mới ghi',
      },
      {
        href: '/quan-tri/xuat-so',
        icon: 'dossier',
        label: 'Xuất sổ theo dõi',
        about: 'Ra Excel hoặc CSV, theo đơn vị, năm hoặc ngày',
      },
      {
        href: '/quan-tri/so-theo-doi',
        icon: 'dossier',
        label: 'Sổ theo dõi của năm',
        about: 'Khoá sổ cuối năm, in từng quyển, trang bổ sung',
      },
      {
        href: '/quan-tri/tuyen-duoi',
        icon: 'report',
        label: 'Tuyến dưới',
        about: 'Hệ thống cấp dưới gửi số liệu về: đăng ký, kỳ còn thiếu, trễ',
        waiting: ({ db }) => openAlarms(db).filter(({ kind }) => FEED_ALARMS.has(kind)).length,
      },
    ],
  },
  {
    label: 'Danh mục',
    places: [
      {
        href: '/quan-tri/thu-tuc',
        icon: 'dossier',
        label: 'Thủ tục',
        about: 'Thời hạn, phí, thành phần, quy trình theo ngày; nhập, xuất bảng tính',
      },
      {
        href: '/quan-tri/don-vi',
        icon: 'index',
        label: 'Đơn vị',
        about: 'Đơn vị theo ngày, lịch sử, sắp xếp, hồ sơ chờ phân công',
        waiting: ({ db, clock }) => waitingForUnitCount(db, localDayOf(clock.now())),
      },
      {
        href: '/quan-tri/lich',
        icon: 'calendar',
        label: 'Lịch làm việc',
        about: 'Ngày nghỉ, làm bù, đóng cửa; quyết định và hồ sơ chuyển hạn',
      },
      {
        href: '/quan-tri/gio-lam-viec',
        icon: 'due_soon',
        label: 'Giờ làm việc',
        about: 'Giờ làm việc và tiếp nhận của từng đơn vị, từ một ngày',
      },
      {
        href: '/quan-tri/mau-giay',
        icon: 'print',
        label: 'Mẫu giấy',
        about: 'Chữ và bố cục của giấy tờ in: sửa, xem thử, trở về mẫu có sẵn',
      },
    ],
  },
  {
    label: 'Con người',
    places: [
      {
        href: '/quan-tri/nguoi-dung',
        icon: 'person',
        label: 'Người dùng',
        about: 'Tài khoản, vị trí, vai trò, mật khẩu, phiên',
      },
      {
        href: '/uy-quyen',
        icon: 'person',
        label: 'Uỷ quyền',
        about: 'Ai thay ai, từ ngày nào đến ngày nào',
      },
      {
        href: '/quan-tri/khoa-api',
        icon: 'lock',
        label: 'Khoá API',
        about: 'Phần mềm kết nối, khoá theo việc và thời hạn',
        waiting: (deps) => endingTokens(deps).size,
      },
      {
        href: '/quan-tri/nhat-ky',
        icon: 'lock',
        label: 'Nhật ký kiểm tra',
        about: 'Ai đã làm gì, xem gì, lúc nào; chuỗi mã băm và gốc từng ngày',
        waiting: ({ db }) => openAlarms(db).filter(({ kind }) => kind === 'audit_broken').length,
      },
    ],
  },
  {
    label: 'Hệ thống',
    places: [
      {
        href: '/tinh-trang',
        icon: 'pulse',
        label: 'Tình trạng hệ thống',
        about: 'Cảnh báo, việc định kỳ, sao lưu',
        waiting: ({ db }) => openAlarms(db).length,
      },
      {
        href: '/quan-tri/viec-nen',
        icon: 'play',
        label: 'Việc nền',
        about: 'Lần tới, lần tốt gần nhất, lỗi và chạy lại',
        waiting: ({ db }) => openAlarms(db).filter(({ kind }) => kind === 'job_failed').length,
      },
      {
        href: '/quan-tri/thiet-lap',
        icon: 'palette',
        label: 'Thiết lập',
        about: 'Phiên, mục tiêu, giờ chốt kỳ và sao lưu, giới hạn tệp, thời hạn lưu',
      },
      {
        href: '/quan-tri/dinh-chinh/cach-duyet',
        icon: 'check',
        label: 'Cách duyệt đính chính',
        about: 'Người đứng đầu tự đính chính, hay luôn cần người thứ hai',
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
        href: '/quan-tri/webhook',
        icon: 'send',
        label: 'Webhook',
        about: 'Báo cho phần mềm khác mỗi việc trên hồ sơ; nhật ký gửi',
      },
    ],
  },
]

/** `/quan-tri`: the way to every page of the administration that this person may open. */
export function adminPage(app: FastifyInstance, deps: Deps, show: Show): void {
  app.get('/quan-tri', (request, reply) => {
    const { principal } = request
    // Whoever holds no post any more comes here too, and finds nothing.
    const actor = principal?.actor ?? null
    const isOpen = ({ href }: Place) => mayEnter(principal, ROUTES[`GET ${href}`] ?? 'people')
    const groups = GROUPS.map(({ label, places }) => ({ label, places: places.filter(isOpen) })).filter(
      ({ places }) => places.length > 0,
    )
    const body = html`<header class="page-head"><h1>Quản trị</h1></header>
${each(groups, ({ label, places }) => html`<section class="place-group"><h2>${label}</h2><ul class="places">${each(places, (place) => placeItem(deps, actor, place))}</ul></section>`)}`
    return show(reply, { title: 'Quản trị', area: '/quan-tri', body })
  })
}

function placeItem(deps: Deps, actor: Actor | null, place: Place): Html {
  const waiting = actor === null ? 0 : (place.waiting?.(deps, actor) ?? 0)
  return html`<li><a href="${place.href}">${icon(place.icon, 20)}<strong>${place.label}</strong>${when(waiting > 0, () => html`<span class="n">${waiting} việc chờ</span>`)}<small>${place.about}</small></a></li>`
}
