import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { RuleError } from '../domain/refusals.ts'
import type { PageOptions } from '../page-options.ts'
import type { Show } from '../web/layout.ts'
import { STATUS_OF_KIND } from '../web/problems.ts'
import { type ExternalService, RETURN_PATH } from './external-service.ts'
import { externalSignIn } from './external-sign-in.ts'
import { type PendingFlow, setFlowCookie, takeFlowCookie } from './flow-cookie.ts'
import { linkIdentity } from './link-identity.ts'
import type { Principal } from './principal.ts'
import { setSessionCookie } from './session-cookie.ts'
import { endSessionBefore } from './sign-in.ts'
import { localPath, signInForm } from './sign-in-page.ts'
import { sittingOf } from './sitting.ts'

/** Signing in through another service, or linking one's account with it: the way there and the way back. */
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
  app.get<{ Querystring: { den?: string } }>('/dang-nhap/oidc', (request, reply) => {
    const to = localPath(request.query.den)
    return orForm(reply, to, () => leaveFor(options, reply, { to, linkSession: null }))
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
}

/** Sends the browser to the service, with what has to be known when it comes back. */
export async function leaveFor(
  options: PageOptions,
  reply: FastifyReply,
  pending: Pick<PendingFlow, 'to' | 'linkSession'>,
): Promise<FastifyReply> {
  const { address, flow } = await serviceOf(options).begin()
  setFlowCookie(options, reply, { ...flow, ...pending })
  return reply.redirect(address, 303)
}

export function serviceOf({ external }: PageOptions): ExternalService {
  if (external === undefined) throw new RuleError('no_sign_in_service')
  return external
}

/** Whoever is signed in, in the session `id` if one is named. */
export function ownerOf({ principal }: FastifyRequest, id = principal?.session?.id): Principal {
  if (principal?.session == null || principal.pending !== null) throw new RuleError('not_signed_in')
  if (principal.session.id !== id) throw new RuleError('sign_in_not_begun')
  return principal
}
