import type { FastifyRequest } from 'fastify'
import type { Instant } from '../domain/calendar/day.ts'
import { moment } from '../web/formats.ts'
import { type Html, html } from '../web/html.ts'
import type { Page } from '../web/layout.ts'
import type { Site } from '../web/site.ts'
import { PEOPLE_HREF } from './account-words.ts'

export interface Handout {
  readonly name: string
  readonly username: string
  /** In clear, this once. */
  readonly password: string
  readonly until: Instant
  /** Where one signs in. */
  readonly address: string
}

/** The page that shows a temporary password once; printed, it is a slip to hand over. */
export function handoutPage({ name, username, password, until, address }: Handout): Page {
  const body = html`<header class="page-head handout-screen"><p class="page-kicker"><a href="${PEOPLE_HREF}">Người dùng</a></p><h1>Mật khẩu tạm, chỉ hiện lần này</h1><p class="lead">In trang này (Ctrl P) hoặc đọc cho người dùng; đóng trang là không xem lại được, chỉ đặt lại được.</p></header>
<section class="handout"><h2>Phiếu cấp tài khoản</h2>
<dl><div><dt>Họ tên</dt><dd>${name}</dd></div><div><dt>Địa chỉ</dt><dd>${address}</dd></div><div><dt>Tên đăng nhập</dt><dd><code>${username}</code></dd></div><div><dt>Mật khẩu tạm</dt><dd><code class="handout-password">${password}</code></dd></div><div><dt>Đăng nhập trước</dt><dd>${moment(until)}</dd></div></dl>
${steps()}</section>
<p class="handout-screen handout-links"><a class="button" href="${PEOPLE_HREF}/${username}">Xem tài khoản</a><a class="button" href="${PEOPLE_HREF}/moi">Tạo tài khoản khác</a></p>`
  return { title: 'Phiếu cấp tài khoản', area: '/quan-tri', body }
}

function steps(): Html {
  return html`<ol><li>Mở địa chỉ trên, đăng nhập bằng mật khẩu tạm.</li><li>Đặt mật khẩu của riêng mình khi được hỏi; không ai khác cần biết mật khẩu ấy.</li><li>Huỷ phiếu này. Quên mật khẩu thì nhờ quản trị viên đặt lại.</li></ol>`
}

export function addressOf({ origin }: Site, request: FastifyRequest): string {
  return origin ?? `${request.protocol}://${request.host}`
}
