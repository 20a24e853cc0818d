import type { FastifyInstance, FastifyReply } from 'fastify'

/** Nothing inline, nothing from elsewhere: a name with markup in it stays text, a page cannot be framed. */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "style-src 'self'",
  "script-src 'self'",
  "font-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ')

const HEADERS = {
  'content-security-policy': CONTENT_SECURITY_POLICY,
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=()',
  // Pages show people's dossiers: no shared or lasting copy.
  'cache-control': 'no-store',
} as const

/** Sets the headers on every answer of this scope, error pages included. */
export function securityHeaders(app: FastifyInstance): void {
  app.addHook('onRequest', async (_request, reply) => {
    reply.headers(HEADERS)
  })
}

/** A page that shows a paper of ours in a frame. */
export function showsOwnFrames(reply: FastifyReply): void {
  reply.header('content-security-policy', `${CONTENT_SECURITY_POLICY}; frame-src 'self'`)
}

/** What our own pages may show in a frame. */
export function mayBeFramed(reply: FastifyReply): void {
  const policy = CONTENT_SECURITY_POLICY.replace("frame-ancestors 'none'", "frame-ancestors 'self'")
  reply.headers({ 'content-security-policy': policy, 'x-frame-options': 'SAMEORIGIN' })
}
