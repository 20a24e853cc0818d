import type { FastifyReply, FastifyRequest } from 'fastify'
import { isEncrypted, type Site } from '../web/site.ts'

/** Encrypted: bound to this host and to https by its name. In the clear (a machine of one's own): a plain name. */
const nameOf = (site: Site) => (isEncrypted(site) ? '__Host-motcua' : 'motcua')

const optionsOf = (site: Site) =>
  ({ path: '/', httpOnly: true, sameSite: 'lax', secure: isEncrypted(site) }) as const

/** What the session's cookie carries, undefined without one. */
export function sessionCookie(site: Site, request: FastifyRequest): string | undefined {
  return request.cookies[nameOf(site)] || undefined
}

/** The browser forgets it when it is closed; the server forgets the session by itself. */
export function setSessionCookie(site: Site, reply: FastifyReply, token: string): void {
  reply.setCookie(nameOf(site), token, optionsOf(site))
}

export function clearSessionCookie(site: Site, reply: FastifyReply): void {
  reply.clearCookie(nameOf(site), optionsOf(site))
}
