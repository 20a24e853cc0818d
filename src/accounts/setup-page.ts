import type { FastifyInstance } from 'fastify'
import type { PageOptions } from '../page-options.ts'
import { EMPTY_FORM, type FormState, formView, inputField, orRefused, typedIn } from '../web/forms.ts'
import { html } from '../web/html.ts'
import type { Show } from '../web/layout.ts'
import { SHORTEST } from './passwords.ts'
import { setSessionCookie } from './session-cookie.ts'
import { checkSetupLink, setUp } from './set-up.ts'
import { sittingOf } from './sitting.ts'

const PAGE = '/thiet-lap'

/** `/thiet-lap?ma=…`: the first administrator, once, by the link that the service printed when it started. */
export function setupPage(app: FastifyInstance, options: PageOptions, show: Show): void {
  app.get<{ Querystring: { ma?: string } }>(PAGE, (request, reply) => {
    const { ma = '' } = request.query
    checkSetupLink(options.deps, ma)
    return show(reply, setupForm(EMPTY_FORM, ma))
  })
  app.post(PAGE, async (request, reply) => {
    const typed = typedIn(request.body)
    const { ma = '', username = '', name = '' } = typed
    const word = (field: string) => String((request.body as Record<string, unknown>)[field] ?? '')
    const given = { username, name, password: word('password'), again: word('again') }
    const outcome = await orRefused(typed, () => setUp(options, ma, { ...given, ...sittingOf(request) }))
    if ('state' in outcome) return show(reply, { ...setupForm(outcome.state, ma), status: 422 })
    setSessionCookie(options.site, reply, outcome.done)
    return reply.redirect('/quan-tri', 303)
  })
}

function setupForm(state: FormState, ma: string) {
  const fields = html`<input type="hidden" name="ma" value="${ma}">
${inputField(state, { name: 'name', label: 'Họ tên', required: true, maxLength: 100, first: true, autocomplete: 'name' })}
${inputField(state, { name: 'username', label: 'Tên đăng nhập', required: true, maxLength: 40, autocomplete: 'username', hint: 'Chữ thường không dấu, số, dấu chấm, ví dụ nguyen.van.a.' })}
${inputField(state, { name: 'password', label: 'Mật khẩu', type: 'password', required: true, autocomplete: 'new-password', hint: `Ít nhất ${SHORTEST} ký tự; dài thì tốt hơn rắc rối.` })}
${inputField(state, { name: 'again', label: 'Nhập lại mật khẩu', type: 'password', required: true, autocomplete: 'new-password' })}`
  const body = html`<section class="door"><h1>Quản trị viên đầu tiên</h1>
<p class="lead">Hệ thống chưa có tài khoản nào. Người đầu tiên là quản trị viên, sẽ tạo tài khoản cho những người khác.</p>
${formView({ action: PAGE, state, fields, submit: 'Tạo tài khoản' })}</section>`
  return { title: 'Thiết lập', area: '', body }
}
