import type { FastifyInstance } from 'fastify'
import type { PageOptions } from '../page-options.ts'
import { EMPTY_FORM, type FormState, formView, inputField, orRefused, typedIn } from '../web/forms.ts'
import { html } from '../web/html.ts'
import type { Show } from '../web/layout.ts'
import { finishSignIn } from './finish-sign-in.ts'
import { setSessionCookie } from './session-cookie.ts'
import { localPath } from './sign-in-page.ts'

const PAGE = '/dang-nhap/ma'

/** Value of `bang` in the address: with a recovery code, where the telephone is not at hand. */
const RECOVERY = 'khoi-phuc'

/** `/dang-nhap/ma`: the second factor, after the password. */
export function codePage(app: FastifyInstance, options: PageOptions, show: Show): void {
  app.get<{ Querystring: { den?: string; bang?: string } }>(PAGE, (request, reply) => {
    const { den, bang = '' } = request.query
    const to = localPath(den)
    if (request.principal?.session?.completedAt != null) return reply.redirect(to, 303)
    return show(reply, codeForm(EMPTY_FORM, { to, by: bang }))
  })
  app.post(PAGE, async (request, reply) => {
    const typed = typedIn(request.body)
    const { code = '', bang = '' } = typed
    const to = localPath(typed['den'])
    const session = request.principal?.session
    if (session == null) return reply.redirect('/dang-nhap', 303)
    if (session.completedAt !== null) return reply.redirect(to, 303)
    const outcome = await orRefused({}, () => finishSignIn(options, session, code))
    if ('state' in outcome) return show(reply, { ...codeForm(outcome.state, { to, by: bang }), status: 422 })
    setSessionCookie(options.site, reply, outcome.done)
    return reply.redirect(to, 303)
  })
}

function codeForm(state: FormState, { to, by }: { readonly to: string; readonly by: string }) {
  const recovery = by === RECOVERY
  const field = recovery
    ? inputField(state, {
        name: 'code',
        label: 'Mã khôi phục',
        required: true,
        first: true,
        maxLength: 20,
        hint: 'Một trong mười mã đã in khi bật xác thực hai lớp; mỗi mã dùng một lần.',
      })
    : inputField(state, {
        name: 'code',
        label: 'Mã 6 số trong ứng dụng xác thực',
        required: true,
        first: true,
        maxLength: 9,
        inputMode: 'numeric',
        autocomplete: 'one-time-code',
      })
  const other = recovery ? '' : RECOVERY
  const fields = html`<input type="hidden" name="den" value="${to}"><input type="hidden" name="bang" value="${recovery ? RECOVERY : ''}">${field}`
  const body = html`<section class="door"><h1>Xác thực hai lớp</h1>
${formView({ action: PAGE, state, fields, submit: 'Đăng nhập' })}
<ul class="door-more"><li><a href="${PAGE}?den=${encodeURIComponent(to)}&bang=${other}">${recovery ? 'Dùng mã trên điện thoại' : 'Không có điện thoại? Dùng mã khôi phục'}</a></li>
<li><form method="post" action="/dang-xuat"><button class="quiet" type="submit">Đăng nhập bằng tên khác</button></form></li></ul></section>`
  return { title: 'Xác thực hai lớp', area: '', body }
}
