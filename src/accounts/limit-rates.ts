import rateLimit from '@fastify/rate-limit'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Clock } from '../clock.ts'
import type { RateName, Rates } from '../web/limits.ts'
import { TransportError } from '../web/problems.ts'
import { rateStoreOf } from '../web/rate-store.ts'
import type { Door } from './routes.ts'

const MINUTE_MS = 60_000

/**
 * Refuses (`too_many_requests`, with Retry-After) what comes too fast. Everything is counted: by session where there is
 * one, because an office has one address; by token; else by address, of IPv6 the network of 64 bits. What is open to
 * whoever is not signed in and is not only looked at is bound strictly, without having to be named.
 */
export async function limitRates(app: FastifyInstance, clock: Clock, rates: Rates): Promise<void> {
  await app.register(rateLimit, { global: false, store: rateStoreOf(clock) })
  const limiterOf = (name: RateName, keyGenerator?: (request: FastifyRequest) => string) =>
    app.createRateLimit({ max: rates[name], timeWindow: MINUTE_MS, ...(keyGenerator && { keyGenerator }) })
  const limiters = {
    session: limiterOf('session', ofPrincipal),
    program: limiterOf('program', ofPrincipal),
    proof: limiterOf('proof', ofPrincipal),
    address: limiterOf('address'),
    sign_in: limiterOf('sign_in'),
    look_up: limiterOf('look_up'),
  } as const satisfies Record<RateName, unknown>
  app.addHook('onRequest', async (request, reply) => {
    for (const name of ratesOf(request)) {
      const limit = await limiters[name](request)
      if (limit.isAllowed || !limit.isExceeded) continue
      reply.header('retry-after', String(limit.ttlInSeconds))
      throw new TransportError('too_many_requests')
    }
  })
}

/** Never the cookie itself: whoever invents cookies would be counted anew with each. */
function ofPrincipal({ principal }: FastifyRequest): string {
  return `${principal?.session?.id ?? ''}/${principal?.token?.id ?? ''}`
}

/** Files of the frame come from memory and are kept by browsers. */
const UNCOUNTED = '/assets/:file'

/** Open to anybody, or to half a session, and only looked at. */
const LOOKED_AT = new Set([
  'GET /healthz',
  'GET /dang-nhap',
  'GET /dang-nhap/ma',
  'GET /tai-khoan/mat-khau',
  'GET /tai-khoan/hai-lop',
  'POST /dang-xuat',
])

/** Only looked at too, but codes of dossiers follow one another. */
const LOOK_UP = 'GET /tra-cuu'

/** Asks for a password or a code behind the door of those who are signed in. */
const PROOFS = new Set([
  'POST /tai-khoan/hai-lop/go',
  'POST /tai-khoan/hai-lop/ma-khoi-phuc',
  'POST /tai-khoan/lien-ket',
])

function ratesOf({
  method,
  principal,
  routeOptions: { url = '', config },
}: FastifyRequest): readonly RateName[] {
  if (url === UNCOUNTED) return []
  const route = `${method === 'HEAD' ? 'GET' : method} ${url}`
  const general = principal === null ? 'address' : principal.token === null ? 'session' : 'program'
  const strict = strictOf(route, config.door)
  const isProof = PROOFS.has(route) || (strict === 'sign_in' && principal?.session != null)
  return [general, ...(strict === null ? [] : [strict]), ...(isProof ? (['proof'] as const) : [])]
}

function strictOf(route: string, door: Door | undefined): 'look_up' | 'sign_in' | null {
  if (route === LOOK_UP) return 'look_up'
  const isOpen = door === 'public' || door === 'session'
  return isOpen && !LOOKED_AT.has(route) ? 'sign_in' : null
}
