import type { FastifyInstance, FastifyRequest } from 'fastify'
import { upsertSetting } from '../../db/queries/settings.ts'
import type { PageOptions } from '../page-options.ts'
import { newFor, seenSetting } from './morning.ts'

/** Once the first page has been sent, what stood on it is seen. */
export function markSeen(app: FastifyInstance, { deps, writer }: PageOptions): void {
  app.addHook('onResponse', async (request, reply) => {
    const officerId = request.principal?.actor?.officerId ?? null
    if (!isMorning(request) || reply.statusCode !== 200 || officerId === null) return
    const now = deps.clock.now()
    try {
      await writer.write(() => upsertSetting(deps.db, seenSetting(officerId), now))
    } catch (error) {
      // Then it is new once more.
      request.log.warn({ err: error }, 'morning not marked as seen')
    }
  })
}

/** How many things are new for whoever asks; on the first page itself they are shown. */
export function newThings({ deps }: Pick<PageOptions, 'deps'>, request: FastifyRequest): number {
  const officerId = request.principal?.actor?.officerId ?? null
  return officerId === null || isMorning(request) ? 0 : newFor(deps, officerId)
}

function isMorning({ method, routeOptions }: FastifyRequest): boolean {
  return method === 'GET' && routeOptions.url === '/'
}
