import type { FastifyInstance, FastifyReply } from 'fastify'
import { isEncrypted, type Site } from './site.ts'

/** Nothing inline, nothing from elsewhere: a name with markup in it stays text, a page cannot be framed. */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "style-src 'self'",
  "script-src 'self'",
  "font-src 'self'",
  "img-src 'self' blob:",
  "connect-src 'self'",
  // `blob:` are papers and files that a page itself asked for, to be looked at before they are printed.
  "frame-src 'self' blob:",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** For what is no page: data and files that nobody should take for one. */
export const DATA_POLICY = "default-src 'none'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'"

const HEADERS = {
  'content-security-policy': CONTENT_SECURITY_POLICY,
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
  // Answers show people's dossiers: no shared or lasting copy.
  'cache-control': 'no-store',
} as const

/** Two years, as the lists of browsers ask; names below this one have no business without encryption either. */
const ENCRYPTED_ONLY = { 'strict-transport-security': 'max-age=63072000; includeSubDomains' } as const

/** What every answer carries, whatever made it. */
export function headersOf(site: Site): Readonly<Record<string, string>> {
  return isEncrypted(site) ? { ...HEADERS, ...ENCRYPTED_ONLY } : HEADERS
}

/** Sets the headers on every answer, refusals and files included, before anything else is asked. */
export function securityHeaders(app: FastifyInstance, site: Site): void {
  const headers = headersOf(site)
  app.addHook('onRequest', async (_request, reply) => {
    reply.headers(headers)
  })
}

/** A paper of ours that our own pages may show in a frame. */
export function mayBeFramed(reply: FastifyReply): void {
  const policy = DATA_POLICY.replace("frame-ancestors 'none'", "frame-ancestors 'self'")
  reply.headers({ 'content-security-policy': policy, 'x-frame-options': 'SAMEORIGIN' })
}
