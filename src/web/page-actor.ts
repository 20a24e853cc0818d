import type { FastifyRequest } from 'fastify'
import type { Actor, Deps } from '../deps.ts'
import { actorOf } from './actor.ts'

/** Until there are accounts, who sits at this browser says so once (`/toi-la`). */
export const OFFICER_COOKIE = 'motcua_officer'

/** Key of the officer who said so, or undefined: then the operator acts. */
export function officerKeyOf(request: FastifyRequest): string | undefined {
  return request.cookies[OFFICER_COOKIE] || undefined
}

/** Who sends a form. Throws `unknown_actor` for an officer who has left. */
export function pageActor(deps: Pick<Deps, 'db' | 'clock'>, request: FastifyRequest): Actor {
  return actorOf(deps, officerKeyOf(request))
}
