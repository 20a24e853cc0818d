import type { FastifyInstance } from 'fastify'
import { RuleError } from '../domain/refusals.ts'

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * In this scope a form sent by another site is refused: the browser says where it comes from (`Sec-Fetch-Site`, or
 * `Origin` where it is older). A request without either is no browser's.
 */
export function sameOriginOnly(scope: FastifyInstance): void {
  scope.addHook('onRequest', async ({ method, headers }) => {
    if (SAFE.has(method)) return
    const site = headers['sec-fetch-site']
    const ours = site === undefined ? isOurs(headers.origin, headers.host) : site === 'same-origin'
    if (!ours) throw new RuleError('foreign_form')
  })
}

function isOurs(origin: string | undefined, host: string | undefined): boolean {
  return origin === undefined || origin.replace(/^https?:\/\//, '') === host
}
