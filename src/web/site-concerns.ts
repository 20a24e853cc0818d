import type { Instant } from '../domain/calendar/day.ts'
import { isLoopback, type Site } from './site.ts'

/** What an administrator should change about how the service is reached. */
export type SiteConcern = 'not_encrypted' | 'certificate_ending' | 'certificate_over'

const DAY_MS = 24 * 60 * 60_000
const SOON_MS = 21 * DAY_MS

/** What the log says at start. */
export const CONCERNS_LOGGED = {
  not_encrypted: 'PUBLIC_URL is http: passwords and dossiers cross the network in the clear',
  certificate_ending: 'the certificate ends soon',
  certificate_over: 'the certificate has ended: browsers refuse to open the service',
} as const satisfies Record<SiteConcern, string>

/** What the page of the system’s state says. */
export const CONCERNS_SHOWN = {
  not_encrypted:
    'Hệ thống đang mở bằng http: mật khẩu và hồ sơ đi qua mạng không được mã hoá. Hãy đặt chứng chỉ TLS (docs/van-hanh.md) rồi đổi PUBLIC_URL thành https.',
  certificate_ending: 'Chứng chỉ TLS sắp hết hạn. Hãy thay chứng chỉ rồi khởi động lại dịch vụ.',
  certificate_over:
    'Chứng chỉ TLS đã hết hạn: trình duyệt sẽ không mở trang. Hãy thay chứng chỉ rồi khởi động lại dịch vụ.',
} as const satisfies Record<SiteConcern, string>

/** What is not right today with the way to the service. `now` is the machine's time: certificates go by it. */
export function siteConcerns({ origin, certificateEnds }: Site, now: Instant): readonly SiteConcern[] {
  const concerns: SiteConcern[] = []
  if (origin?.startsWith('http://') && !isLoopback(new URL(origin).host)) concerns.push('not_encrypted')
  if (certificateEnds !== undefined && certificateEnds <= now) concerns.push('certificate_over')
  else if (certificateEnds !== undefined && certificateEnds - now < SOON_MS)
    concerns.push('certificate_ending')
  return concerns
}
