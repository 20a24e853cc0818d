import type { FastifyInstance } from 'fastify'
import type { PageOptions } from '../page-options.ts'
import { EMPTY_FORM, type FormState, formView, inputField, orRefused } from '../web/forms.ts'
import { html, when } from '../web/html.ts'
import type { Show } from '../web/layout.ts'
import { changePassword } from './change-password.ts'
import { SHORTEST } from './passwords.ts'
import type { Principal } from './principal.ts'
import { setSessionCookie } from './session-cookie.ts'

const PAGE = '/tai-khoan/mat-khau'

/** `/tai-khoan/mat-khau`: one's own password; the first thing after signing in with one that was given out. */
export function passwordPage(app: FastifyInstance, options: PageOptions, show: Show): void {
  app.get(PAGE, (request, reply) => show(reply, passwordForm(request.principal, EMPTY_FORM)))
  app.post(PAGE, async (request, reply) => {
    const { principal } = request
    const session = principal?.session
    if (session == null) return reply.redirect('/dang-nhap', 303)
    const body = (request.body ?? {}) as Readonly<Record<string, unknown>>
    const word = (name: string) => String(body[name] ?? '')
    const outcome = await orRefused({}, () =>
      changePassword(options, session, { old: word('old'), next: word('next'), again: word('again') }),
    )
    if ('state' in outcome) return show(reply, { ...passwordForm(principal, outcome.state), status: 422 })
    setSessionCookie(options.site, reply, outcome.done)
    return reply.redirect(principal?.pending === 'password' ? '/' : '/tai-khoan', 303)
  })
}

function passwordForm(principal: Principal | null, state: FormState) {
  const first = principal?.pending === 'password'
  const fields = html`<input type="hidden" name="username" value="${principal?.account.username ?? ''}" autocomplete="username">
${inputField(state, { name: 'old', label: first ? 'Mật khẩu được cấp' : 'Mật khẩu hiện nay', type: 'password', required: true, first: true, autocomplete: 'current-password' })}
${inputField(state, { name: 'next', label: 'Mật khẩu mới', type: 'password', required: true, autocomplete: 'new-password', hint: `Ít nhất ${SHORTEST} ký tự; dài thì tốt hơn rắc rối.` })}
${inputField(state, { name: 'again', label: 'Nhập lại mật khẩu mới', type: 'password', required: true, autocomplete: 'new-password' })}`
  const body = html`<section class="door"><h1>Đổi mật khẩu</h1>
${when(first, () => html`<p class="lead">Mật khẩu được cấp chỉ dùng một lần. Hãy đặt mật khẩu của riêng ông/bà để vào làm việc.</p>`)}
${formView({ action: PAGE, state, fields, submit: 'Đổi mật khẩu' })}
<p class="muted">Các phiên đăng nhập khác của ông/bà sẽ kết thúc.</p></section>`
  return { title: 'Đổi mật khẩu', area: '', body }
}
