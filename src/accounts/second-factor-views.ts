import type { Instant } from '../domain/calendar/day.ts'
import { shortMoment } from '../web/formats.ts'
import { EMPTY_FORM, type FormState, formView, inputField, refusalView } from '../web/forms.ts'
import { each, type Html, html, when } from '../web/html.ts'
import type { Page } from '../web/layout.ts'
import { qrView } from '../web/qr.ts'
import type { Principal } from './principal.ts'
import type { Enrolment } from './second-factor.ts'
import { totpUri } from './totp.ts'

export const SECOND_FACTOR_PAGE = '/tai-khoan/hai-lop'

/** Fields of the two forms of one page, each with a label of its own. */
export const RENEW_PROOF = 'renew_proof'
export const REMOVE_PROOF = 'remove_proof'

/** Turning it on: scan, then prove it with a first code. */
export function enrolView(state: FormState, { account, pending }: Principal, enrolment: Enrolment): Page {
  const { secret, note } = enrolment
  const fields = html`<input type="hidden" name="note" value="${note}">
${inputField(state, { name: 'code', label: 'Mã 6 số mà ứng dụng đang hiện', required: true, first: true, maxLength: 9, inputMode: 'numeric', autocomplete: 'one-time-code' })}`
  const body = html`<header class="page-head"><h1>Bật xác thực hai lớp</h1>
<p class="lead">${pending === 'enrol' ? 'Quản trị viên phải dùng xác thực hai lớp. Hãy bật ngay để vào làm việc.' : 'Sau mật khẩu, hệ thống hỏi thêm một mã đổi mỗi 30 giây trên điện thoại của ông/bà.'}</p></header>
<ol class="factor-steps">
<li><h2>Mở ứng dụng xác thực trên điện thoại</h2>
<p>Google Authenticator, Microsoft Authenticator hoặc ứng dụng tương tự; không cần mạng.</p></li>
<li><h2>Quét mã này</h2>
<div class="factor-scan">${qrView(totpUri(secret, account.username), 'Mã QR để thêm tài khoản vào ứng dụng xác thực')}
<div><p>Không quét được thì chọn nhập khoá bằng tay, loại “theo thời gian”:</p>
<p class="factor-secret"><code>${groupsOf(secret)}</code></p>
<p class="muted">Đừng cho ai xem mã này: ai có nó thì có mã đăng nhập của ông/bà.</p></div></div></li>
<li><h2>Nhập mã để xác nhận</h2>
${formView({ action: SECOND_FACTOR_PAGE, state, fields, submit: 'Bật xác thực hai lớp' })}
<p class="muted">Các phiên đăng nhập khác của ông/bà sẽ kết thúc.</p></li></ol>`
  return { title: 'Bật xác thực hai lớp', area: '', body }
}

export interface Enrolled {
  readonly since: Instant
  /** Recovery codes that are left. */
  readonly left: number
  /** The setting asks for it: it cannot be taken off. */
  readonly kept: boolean
}

/** It is on: how it stands, new recovery codes, and the way to take it off. */
export function enrolledView(state: FormState, { since, left, kept }: Enrolled): Page {
  const body = html`<header class="page-head"><h1>Xác thực hai lớp</h1>
<p class="lead">Đã bật từ ${shortMoment(since)}. Còn ${left} mã khôi phục chưa dùng${when(left < 3, () => html`; <strong>hãy lập mã mới</strong>`)}.</p></header>
${refusalView(state)}
<div class="factor-acts"><section><h2>Lập mã khôi phục mới</h2>
<p>Mười mã mới thay mọi mã cũ. Dùng khi mất bản in hoặc sắp hết mã.</p>
${proofForm('ma-khoi-phuc', RENEW_PROOF, 'Lập mã mới')}</section>
<section><h2>Gỡ xác thực hai lớp</h2>
${
  kept
    ? html`<p>Quản trị viên phải dùng xác thực hai lớp nên không gỡ được. Mất điện thoại: nhờ quản trị viên khác đặt lại.</p>`
    : html`<p>Đổi điện thoại thì gỡ rồi bật lại. Sau khi gỡ, đăng nhập chỉ cần mật khẩu.</p>
${proofForm('go', REMOVE_PROOF, 'Gỡ xác thực hai lớp')}`
}</section></div>`
  return { title: 'Xác thực hai lớp', area: '', body }
}

/** Neither is the next thing to do, so neither button stands out. */
function proofForm(act: 'ma-khoi-phuc' | 'go', name: string, submit: string): Html {
  const field = {
    name,
    label: 'Mật khẩu, hoặc mã 6 số trên điện thoại',
    type: 'password',
    required: true,
    autocomplete: 'current-password',
  } as const
  return html`<form class="form" method="post" action="${SECOND_FACTOR_PAGE}/${act}">
${inputField(EMPTY_FORM, field)}
<p class="form-end"><button class="button" type="submit">${submit}</button></p></form>`
}

/** The codes, this once. */
export function recoveryView({ account, pending }: Principal, codes: readonly string[]): Page {
  const on = pending === 'enrol' ? '/' : '/tai-khoan'
  const body = html`<header class="page-head"><h1>Mười mã khôi phục</h1>
<p class="lead">Hãy in (Ctrl P) hoặc chép lại ngay: các mã này chỉ hiện một lần.</p></header>
<p>Khi không có điện thoại, dùng một mã thay cho mã 6 số; mỗi mã dùng một lần. Cất ở nơi khoá được, không để cạnh máy tính.</p>
<ol class="recovery">${each(codes, (code) => html`<li><code>${code}</code></li>`)}</ol>
<p class="muted">Một cửa · tài khoản ${account.username}</p>
<p class="form-end"><a class="button primary" href="${on}">Tôi đã cất các mã</a></p>`
  return { title: 'Mã khôi phục', area: '', body }
}

/** `ECPZ 4B64 J3RA …`: as authenticators take it, and as people can read it. */
function groupsOf(secret: string): string {
  return secret.match(/.{1,4}/g)?.join(' ') ?? ''
}
