import type { FastifyInstance, FastifyReply } from 'fastify'
import { RuleError } from '../domain/refusals.ts'
import type { PageOptions } from '../page-options.ts'
import { EMPTY_FORM, type FormState, formView, inputField, orRefused } from '../web/forms.ts'
import { html } from '../web/html.ts'
import type { Show } from '../web/layout.ts'
import { leaveFor, ownerOf, serviceOf } from './external-page.ts'
import { unlinkIdentity } from './link-identity.ts'
import type { Principal } from './principal.ts'
import { proveAgain } from './prove-again.ts'
import { openNote, sealNote } from './sealed-note.ts'

export const LINK_PAGE = '/tai-khoan/lien-ket'
const LEAVE_PAGE = `${LINK_PAGE}/di`

const PERMIT = 'link-identity'
/** How long somebody who has proved who they are may take to leave for the service. */
const PERMIT_MS = 10 * 60_000

/** `/tai-khoan/lien-ket`: from now on the account can be signed in to through the other service; and undoing it. */
export function linkPage(app: FastifyInstance, options: PageOptions, show: Show): void {
  const { deps, writer } = options
  const form = (reply: FastifyReply, state: FormState) => {
    const { name } = serviceOf(options)
    const status = state.refusal === null ? 200 : 422
    return show(reply, { ...proofForm(name, state), status })
  }

  app.get(LINK_PAGE, (_request, reply) => form(reply, EMPTY_FORM))
  app.post(LINK_PAGE, async (request, reply) => {
    const owner = ownerOf(request)
    const { name } = serviceOf(options)
    // As it was typed: blanks at the ends of a password are part of it.
    const proof = String((request.body as Record<string, unknown> | undefined)?.['proof'] ?? '')
    const outcome = await orRefused({}, () => proveAgain(options, owner, proof))
    if ('state' in outcome) return form(reply, outcome.state)
    return show(reply, onward(name, `${LEAVE_PAGE}?phep=${permitFor(options, owner)}`))
  })

  // A link, as browsers let no form end at another site; the permit is what a form's origin would have been.
  app.get<{ Querystring: { phep?: string } }>(LEAVE_PAGE, (request, reply) => {
    const permit = openNote<{ session: number }>(deps, PERMIT, request.query.phep ?? '')
    if (permit === null) throw new RuleError('sign_in_not_begun')
    ownerOf(request, permit.session)
    return leaveFor(options, reply, { to: '/tai-khoan', linkSession: permit.session })
  })

  app.post(`${LINK_PAGE}/go`, async (request, reply) => {
    const { account } = ownerOf(request)
    await writer.write(() => unlinkIdentity(deps, account, serviceOf(options)))
    return reply.redirect('/tai-khoan', 303)
  })
}

/** By it the session that proved it may leave to link its account: nobody else can be led there. */
function permitFor({ deps }: Pick<PageOptions, 'deps'>, { session }: Principal): string {
  return sealNote(deps, PERMIT, deps.clock.now() + PERMIT_MS, { session: session?.id ?? 0 })
}

function proofForm(service: string, state: FormState) {
  const field = {
    name: 'proof',
    label: 'Mật khẩu, hoặc mã 6 số trên điện thoại',
    type: 'password',
    required: true,
    first: true,
    autocomplete: 'current-password',
  } as const
  const body = html`<section class="door"><h1>Liên kết với ${service}</h1>
<p class="lead">Sau khi liên kết, ai đăng nhập được vào ${service} của ông/bà thì vào được đây. Hãy xác nhận đây là ông/bà.</p>
${formView({ action: LINK_PAGE, state, fields: inputField(state, field), submit: 'Xác nhận' })}</section>`
  return { title: `Liên kết với ${service}`, area: '', body }
}

function onward(service: string, href: string) {
  const body = html`<section class="door"><h1>Liên kết với ${service}</h1>
<p class="lead">Đã xác nhận. Bước tiếp theo: đăng nhập tại ${service}, trong mười phút.</p>
<p class="form-end"><a class="button primary" href="${href}">Sang ${service}</a></p></section>`
  return { title: `Liên kết với ${service}`, area: '', body }
}
