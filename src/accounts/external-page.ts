import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { RuleError } from '../domain/refusals.ts'
import type { PageOptions } from '../page-options.ts'
import type { Show } from '../web/layout.ts'
import { STATUS_OF_KIND } from '../web/problems.ts'
import { type ExternalService, RETURN_PATH } from './external-service.ts'
import { externalSignIn } from './external-sign-in.ts'
import { type PendingFlow, setFlowCookie, takeFlowCookie } from './flow-cookie.ts'
import { linkIdentity, unlinkIdentity } from './link-identity.ts'
import type { Principal } from './principal.ts'
import { openNote, sealNote } from './sealed-note.ts'
import { setSessionCookie } from './session-cookie.ts'
import { endSessionBefore } from './sign-in.ts'
import { localPath, signInForm } from './sign-in-page.ts'
import { sittingOf } from './sitting.ts'

const LINK_PAGE = '/tai-khoan/lien-ket'
const LEAVE = 'link-identity'

/** Signing in through another service: the way there, the way back, and linking one's account with it. */
export function externalPage(app: FastifyInstance, options: PageOptions, show: Show): void {
  const { deps, writer, site } = options

  /** Whoever cannot come in this way sees why, above the form that still works. */
  const orForm = async (reply: FastifyReply, to: string, work: () => Promise<FastifyReply>) => {
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof RuleError)) throw error
      const page = signInForm({ typed: {}, refusal: error.message }, to, options.external)
      return show(reply, { ...page, status: STATUS_OF_KIND[error.kind] })
    }
  }
  const leave = async (reply: FastifyReply, pending: Pick<PendingFlow, 'to' | 'linkSession'>) => {
    const { address, flow } = await serviceOf(options).begin()
    setFlowCookie(options, reply, { ...flow, ...pending })
    return reply.redirect(address, 303)
  }

  app.get<{ Querystring: { den?: string } }>('/dang-nhap/oidc', (request, reply) => {
    const to = localPath(request.query.den)
    return orForm(reply, to, () => leave(reply, { to, linkSession: null }))
  })

  app.get<{ Querystring: Readonly<Record<string, string>> }>(RETURN_PATH, (request, reply) => {
    const pending = takeFlowCookie(options, request, reply)
    const to = localPath(pending?.to)
    const comeBack = async () => {
      const service = serviceOf(options)
      if (pending === null || pending.state !== request.query['state'])
        throw new RuleError('sign_in_not_begun')
      const identity = await service.finish(pending, request.url.slice(request.url.indexOf('?')))
      if (pending.linkSession !== null) {
        const { account } = ownerOf(request, pending.linkSession)
        await writer.write(() => linkIdentity(deps, account, service, identity))
        return reply.redirect('/tai-khoan', 303)
      }
      const token = await externalSignIn(options, service, identity, sittingOf(request))
      await endSessionBefore(options, request.principal)
      setSessionCookie(site, reply, token)
      return reply.redirect(to, 303)
    }
    return pending?.linkSession == null ? orForm(reply, to, comeBack) : comeBack()
  })

  // A link, as browsers let no form end at another site; the permit is what a form's origin would have been.
  app.get<{ Querystring: { phep?: string } }>(LINK_PAGE, (request, reply) => {
    const permit = openNote<{ session: number }>(deps, LEAVE, request.query.phep ?? '')
    if (permit === null) throw new RuleError('sign_in_not_begun')
    ownerOf(request, permit.session)
    return leave(reply, { to: '/tai-khoan', linkSession: permit.session })
  })

  app.post(`${LINK_PAGE}/go`, async (request, reply) => {
    const { account } = ownerOf(request)
    await writer.write(() => unlinkIdentity(deps, account, serviceOf(options)))
    return reply.redirect('/tai-khoan', 303)
  })
}

/** The address by which somebody signed in may leave to link their account: nobody else can lead them there. */
export function linkAddress({ deps }: Pick<PageOptions, 'deps'>, { session }: Principal): string {
  const permit = { session: session?.id ?? 0 }
  const until = session?.expiresAt ?? 0
  return `${LINK_PAGE}?phep=${sealNote(deps, LEAVE, until, permit)}`
}

function serviceOf({ external }: PageOptions): ExternalService {
  if (external === undefined) throw new RuleError('no_sign_in_service')
  return external
}

/** Whoever is signed in, in the session `id` if one is named. */
function ownerOf({ principal }: FastifyRequest, id = principal?.session?.id): Principal {
  if (principal?.session == null || principal.pending !== null) throw new RuleError('not_signed_in')
  if (principal.session.id !== id) throw new RuleError('sign_in_not_begun')
  return principal
}
