import type { FastifyInstance, FastifyRequest } from 'fastify'
import { RuleError } from '../domain/refusals.ts'
import { isLoopback, type Site } from './site.ts'

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS'])

/** In this scope a form sent by another site is refused, also by somebody who is not signed in. */
export function sameOriginOnly(scope: FastifyInstance, site: Site): void {
  scope.addHook('onRequest', async (request) => checkSameOrigin(site, request))
}

/**
 * Refuses (`foreign_form`) what another site sent: the browser says where it comes from (`Sec-Fetch-Site`, or `Origin`
 * where it is older). A request without either is no browser's.
 */
export function checkSameOrigin(site: Site, { method, headers }: FastifyRequest): void {
  if (SAFE.has(method)) return
  const from = headers['sec-fetch-site']
  const ours = from === undefined ? isOurs(site, headers.origin, headers.host) : from === 'same-origin'
  if (!ours) throw new RuleError('foreign_form')
}

/**
 * Refuses (`foreign_form`) to be led by another site to an address that does something when it is opened. Typed, kept as
 * a bookmark or asked for by a browser that does not say: taken.
 */
export function checkLedFromHere({ headers }: Pick<FastifyRequest, 'headers'>): void {
  const from = headers['sec-fetch-site']
  if (from === 'cross-site' || from === 'same-site') throw new RuleError('foreign_form')
}

/** At the public address only the public origin is ours: http is not https there. On this machine, the address asked. */
function isOurs({ origin: own }: Site, origin: string | undefined, host: string | undefined): boolean {
  if (origin === undefined || origin === own) return true
  return isLoopback(host) && origin.replace(/^https?:\/\//, '') === host
}
