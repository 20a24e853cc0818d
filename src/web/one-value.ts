import type { FastifyInstance } from 'fastify'

/**
 * In this scope a name sent twice in an address has its last value, as in a form (typedIn): no page is asked for a list,
 * and none must fall over one.
 */
export function oneValueEach(scope: FastifyInstance): void {
  scope.addHook('onRequest', async (request) => {
    const query = request.query as Record<string, unknown>
    for (const [name, value] of Object.entries(query)) if (Array.isArray(value)) query[name] = value.at(-1)
  })
}
