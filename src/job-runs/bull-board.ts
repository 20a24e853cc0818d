import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { QUEUE_NAME, WEBHOOK_QUEUE_NAME } from '../jobs.ts'
import { headersOf } from '../web/security-headers.ts'
import type { Site } from '../web/site.ts'
import { JOBS_HREF } from './jobs-views.ts'

export const BOARD_HREF = `${JOBS_HREF}/bull-board`

/** Its page has a `<base>`, and styles on its elements; its fonts from elsewhere are left out. */
const BOARD_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'self'; form-action 'none'; frame-ancestors 'none'"

interface BoardOptions {
  readonly redisUrl: string | null
  readonly site: Site
}

/**
 * `/quan-tri/viec-nen/bull-board/`: what lies in the queues of Redis, job by job, to look at. The truth about jobs is
 * the ledger, so that nothing is done from there: only GET leads to it, and its queues are read-only. It is loaded, and
 * Redis is talked to, with the first look.
 */
export function bullBoard(app: FastifyInstance, { redisUrl, site }: BoardOptions): void {
  let opened: Promise<FastifyInstance> | null = null
  const look = async (request: FastifyRequest, reply: FastifyReply) => {
    if (redisUrl === null) return reply.redirect(`${JOBS_HREF}/hang-doi`, 303)
    opened ??= openBoard(redisUrl, site)
    const board = await opened
    reply.hijack()
    board.routing(request.raw, reply.raw)
    return reply
  }
  app.get(`${BOARD_HREF}/*`, look)
  app.addHook('onClose', async () => {
    await (await opened)?.close()
  })
}

async function openBoard(redisUrl: string, site: Site): Promise<FastifyInstance> {
  const [{ createBullBoard }, { BullMQAdapter }, { FastifyAdapter }, { Queue }] = await Promise.all([
    import('@bull-board/api'),
    import('@bull-board/api/bullMQAdapter'),
    import('@bull-board/fastify'),
    import('bullmq'),
  ])
  const connection = { url: redisUrl, maxRetriesPerRequest: 1, connectTimeout: 3000 }
  const queues = [QUEUE_NAME, WEBHOOK_QUEUE_NAME].map((name) => new Queue(name, { connection }))
  for (const queue of queues) queue.on('error', () => {})
  const serverAdapter = new FastifyAdapter().setBasePath(BOARD_HREF)
  createBullBoard({
    queues: queues.map((queue) => new BullMQAdapter(queue, { readOnlyMode: true })),
    serverAdapter,
    options: { uiConfig: { boardTitle: 'Hàng đợi' } },
  })
  const board = Fastify()
  board.addHook('onRequest', async (_request, reply) => {
    reply.headers({ ...headersOf(site), 'content-security-policy': BOARD_POLICY })
  })
  board.addHook('onClose', async () => {
    for (const queue of queues) await queue.close().catch(() => {})
  })
  await board.register(serverAdapter.registerPlugin(), { prefix: BOARD_HREF })
  await board.ready()
  return board
}
