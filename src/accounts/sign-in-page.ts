import type { FastifyInstance } from 'fastify'
import { removeSession } from '../../db/queries/sessions.ts'
import { recordAudit } from '../audit/record-audit.ts'
import type { PageOptions } from '../page-options.ts'
import { EMPTY_FORM, type FormState, formView, inputField, orRefused, typedIn } from '../web/forms.ts'
import { html, when } from '../web/html.ts'
import type { Show } from '../web/layout.ts'
import type { ExternalService } from './external-service.ts'
import { sessionOf } from './session.ts'
import { clearSessionCookie, setSessionCookie } from './session-cookie.ts'
import { endSessionBefore, signIn } from './sign-in.ts'
import { sittingOf } from './sitting.ts'

const PAGE = '/dang-nhap'

/** `/dang-nhap`: name and password; and the way out. */
export function signInPage(app: FastifyInstance, options: PageOptions, show: Show): void {
  const { deps, writer, site, external } = options
  app.get<{ Querystring: { den?: string } }>(PAGE, (request, reply) => {
    const to = localPath(request.query.den)
    if (request.principal?.session?.completedAt != null) return reply.redirect(to, 303)
    return show(reply, signInForm(EMPTY_FORM, to, external))
  })
  app.post(PAGE, async (request, reply) => {
    const typed = typedIn(request.body)
    const to = localPath(typed['den'])
    // Blanks at the ends of a password are part of it.
    const password = String((request.body as Record<string, unknown> | undefined)?.['password'] ?? '')
    const outcome = await orRefused(typed, () =>
      signIn({ deps, writer }, { username: typed['username'] ?? '', password, ...sittingOf(request) }),
    )
    if ('state' in outcome) return show(reply, { ...signInForm(outcome.state, to, external), status: 422 })
    await endSessionBefore({ deps, writer }, request.principal)
    setSessionCookie(site, reply, outcome.done)
    const awaitsCode = sessionOf(deps, outcome.done)?.session.completedAt === null
    return reply.redirect(awaitsCode ? `/dang-nhap/ma?den=${encodeURIComponent(to)}` : to, 303)
  })
  app.post('/dang-xuat', async ({ principal }, reply) => {
    const { session = null, account } = principal ?? {}
    if (session !== null && account !== undefined) {
      await writer.write(() => {
        removeSession(deps.db, account.id, session.id)
        recordAudit(deps, {
          kind: 'signed_out',
          actorId: account.officerId,
          data: { account: account.id, session: session.id },
        })
      })
    }
    clearSessionCookie(site, reply)
    return reply.header('clear-site-data', '"cache"').redirect(PAGE, 303)
  })
}

export function signInForm(state: FormState, to: string, external: ExternalService | undefined) {
  const fields = html`<input type="hidden" name="den" value="${to}">
${inputField(state, { name: 'username', label: 'Tên đăng nhập', required: true, maxLength: 60, first: true, autocomplete: 'username' })}
${inputField(state, { name: 'password', label: 'Mật khẩu', type: 'password', required: true, autocomplete: 'current-password' })}`
  const body = html`<section class="door"><h1>Đăng nhập</h1>
${formView({ action: PAGE, state, fields, submit: 'Đăng nhập' })}
${when(external, ({ label }) => html`<p class="door-or">hoặc</p><a class="button door-other" href="${PAGE}/oidc?den=${encodeURIComponent(to)}">${label}</a>`)}
<p class="muted">Quên mật khẩu: nhờ quản trị viên của đơn vị đặt lại. Người dân <a href="/tra-cuu">tra cứu hồ sơ</a> không cần đăng nhập.</p></section>`
  return { title: 'Đăng nhập', area: '', body }
}

/**
 * Where to go after the sign-in: a path of this site and nothing else. Browsers take `\\` for `/` and leave out tabs and
 * line ends, so neither is taken, and what is left is read as they read it.
 */
export function localPath(text: string | undefined): string {
  if (text === undefined || !/^\/(?![/\\])[^\\\s\p{C}]*$/u.test(text)) return '/'
  const { origin, pathname, search } = new URL(text, HERE)
  const isHere = origin === HERE && !pathname.startsWith('//')
  return isHere && !/^\/dang-(nhap|xuat)(\/|$)/.test(pathname) ? pathname + search : '/'
}

const HERE = 'http://motcua.invalid'
