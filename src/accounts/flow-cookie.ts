import type { FastifyReply, FastifyRequest } from 'fastify'
import type { PageOptions } from '../page-options.ts'
import { isEncrypted, type Site } from '../web/site.ts'
import type { Flow } from './external-service.ts'
import { openNote, sealNote } from './sealed-note.ts'

/** A sign-in that has left for the other service. */
export interface PendingFlow extends Flow {
  /** Where to go afterwards. */
  readonly to: string
  /** The session whose account is to be linked; null: somebody signs in. */
  readonly linkSession: number | null
}

const LIFE_MS = 10 * 60_000
const PURPOSE = 'external-sign-in'

const nameOf = (site: Site) => (isEncrypted(site) ? '__Host-motcua-oidc' : 'motcua-oidc')

/** Lax, as the way back is a link from another site. */
const optionsOf = (site: Site) =>
  ({ path: '/', httpOnly: true, sameSite: 'lax', secure: isEncrypted(site) }) as const

/** Only the browser that left can come back. */
export function setFlowCookie({ deps, site }: PageOptions, reply: FastifyReply, flow: PendingFlow): void {
  const note = sealNote(deps, PURPOSE, deps.clock.now() + LIFE_MS, flow)
  reply.setCookie(nameOf(site), note, { ...optionsOf(site), maxAge: LIFE_MS / 1000 })
}

/** What had left, once: the cookie goes. Null: nothing, or too long ago. */
export function takeFlowCookie(
  { deps, site }: PageOptions,
  request: FastifyRequest,
  reply: FastifyReply,
): PendingFlow | null {
  reply.clearCookie(nameOf(site), optionsOf(site))
  return openNote<PendingFlow>(deps, PURPOSE, request.cookies[nameOf(site)] ?? '')
}
