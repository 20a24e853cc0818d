import cookie from '@fastify/cookie'
import type { FastifyInstance, FastifyReply, FastifyRequest, RouteOptions } from 'fastify'
import type { Writer } from '../../db/group-commit.ts'
import { touchSession } from '../../db/queries/sessions.ts'
import { markTokenUsed } from '../../db/queries/tokens.ts'
import type { Deps } from '../deps.ts'
import { localDayOf } from '../domain/calendar/day.ts'
import { RuleError } from '../domain/refusals.ts'
import type { Rates } from '../web/limits.ts'
import { checkLedFromHere, checkSameOrigin } from '../web/same-origin.ts'
import { isOurHost, type Site } from '../web/site.ts'
import { may, must } from './access.ts'
import { limitRates } from './limit-rates.ts'
import { logRefusals } from './log-refusals.ts'
import { type Pending, type Principal, principalOfCookie, principalOfToken } from './principal.ts'
import { ACTING, type Door, ROUTES } from './routes.ts'
import { sessionCookie } from './session-cookie.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Who sends it; null for nobody. */
    principal: Principal | null
  }
  interface FastifyContextConfig {
    door?: Door
    /** It does something although it is opened by a link. */
    acts?: boolean
  }
}

export interface GuardOptions {
  readonly deps: Deps
  readonly writer: Writer
  readonly site: Site
  /** Left out: nothing is counted. */
  readonly rates?: Rates
}

/**
 * Before every route: the request is for this service, who sends it is known, they do not come too fast, and the table
 * of routes lets them in. A route that the table does not know cannot be registered.
 */
export async function guard(
  app: FastifyInstance,
  { deps, writer, site, rates }: GuardOptions,
): Promise<void> {
  await app.register(cookie)
  app.decorateRequest('principal', null)
  logRefusals(app)
  app.addHook('onRoute', (route) => {
    const name = nameOf(route)
    route.config = { ...route.config, door: doorOf(name), acts: ACTING.has(name) }
  })
  app.addHook('onRequest', async (request) => {
    if (!isOurHost(site, request.headers.host)) throw new RuleError('wrong_host')
    request.principal = identified(deps, site, request)
  })
  if (rates !== undefined) await limitRates(app, deps.clock, rates)
  app.addHook('onRequest', async (request, reply) => {
    const { principal } = request
    // A cookie is sent along by whatever page asks; a token only by who has it.
    if (principal !== null && principal.session !== null) checkSameOrigin(site, request)
    if (request.routeOptions.config.acts === true) checkLedFromHere(request)
    if (principal !== null && request.routeOptions.url !== BEAT) remember(deps, writer, principal, request)
    return admit(request, reply)
  })
}

/** The beat of a page left open is nobody at work: it must not keep a session alive. */
const BEAT = '/ho-so/:code/dang-xem'

/** `GET /ho-so`; HEAD is asked for what GET is. */
function nameOf({ method, url }: RouteOptions): string {
  const [first = ''] = [method].flat().filter((each) => each !== 'HEAD')
  return `${first || 'GET'} ${url}`
}

function doorOf(name: string): Door {
  const door = ROUTES[name]
  if (door === undefined) throw new Error(`Route ${name} is missing in src/accounts/routes.ts`)
  return door
}

/** A token speaks for a program, a cookie for a browser. */
function identified(deps: Deps, site: Site, request: FastifyRequest): Principal | null {
  const bearer = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1]
  if (bearer !== undefined) return isApi(request) ? principalOfToken(deps, bearer) : null
  const token = sessionCookie(site, request)
  return token === undefined ? null : principalOfCookie(deps, token)
}

async function admit(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined> {
  const { door } = request.routeOptions.config
  // An address without a route is answered as unknown to everybody.
  if (door === undefined || door === 'public') return undefined
  const { principal } = request
  if (principal === null) return turnAway(request, reply)
  const way = principal.pending === null ? null : WAY_ON[principal.pending]
  if (door === 'session') {
    const isElsewhere =
      way !== null && way !== request.routeOptions.url && request.routeOptions.url !== '/dang-xuat'
    return isElsewhere ? reply.redirect(way, 303) : undefined
  }
  if (way !== null) {
    if (isApi(request)) throw new RuleError('not_signed_in')
    return reply.redirect(way, 303)
  }
  if (door === 'people') return undefined
  if (principal.actor === null) throw new RuleError('no_post', { name: principal.name })
  must(principal.actor, door)
  return undefined
}

/** Whether the table lets this person through a door: for links that would only lead to a refusal. */
export function mayEnter(principal: Principal | null, door: Door): boolean {
  if (door === 'public') return true
  if (principal === null) return false
  if (door === 'session' || door === 'people') return true
  return principal.actor !== null && may(principal.actor, door)
}

/** What has to be done before anything else. */
const WAY_ON = {
  code: '/dang-nhap/ma',
  password: '/tai-khoan/mat-khau',
  enrol: '/tai-khoan/hai-lop',
} as const satisfies Record<Pending, string>

/** A page leads to the sign-in and back; a form that was sent is told, so that nothing typed is lost. */
function turnAway(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (!isApi(request) && request.method === 'GET') {
    const to = request.url === '/' ? '' : `?den=${encodeURIComponent(request.url)}`
    return reply.redirect(`/dang-nhap${to}`, 303)
  }
  if (isApi(request)) reply.header('www-authenticate', 'Bearer')
  throw new RuleError('not_signed_in')
}

function isApi({ url }: FastifyRequest): boolean {
  return url.startsWith('/api/')
}

/** A session is seen at most once a minute, a token once a day: no request waits for a write. */
const SEEN_EVERY_MS = 60_000

function remember({ db, clock }: Deps, { write }: Writer, seen: Principal, { log }: FastifyRequest): void {
  const now = clock.now()
  const today = localDayOf(now)
  const { session, token } = seen
  const keep = (work: () => void) =>
    write(work).catch((error) => log.warn({ err: error }, 'last use not kept'))
  if (session !== null && now - session.lastSeenAt >= SEEN_EVERY_MS)
    keep(() => touchSession(db, session.id, now))
  if (token !== null && token.lastUsedOn !== today) keep(() => markTokenUsed(db, token.id, today))
}
