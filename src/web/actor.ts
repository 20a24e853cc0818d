import type { FastifyRequest } from 'fastify'
import type { Actor } from '../deps.ts'
import { RuleError } from '../domain/refusals.ts'

/** Who sends a request. The guard has let nobody through without one where the route asks for a permission. */
export function actorOf({ principal }: Pick<FastifyRequest, 'principal'>): Actor {
  const actor = principal?.actor
  if (actor == null) throw new RuleError('not_signed_in')
  return actor
}
