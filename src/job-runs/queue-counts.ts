import { setTimeout as sleep } from 'node:timers/promises'
import { RuleError } from '../domain/refusals.ts'
import { QUEUE_NAME, WEBHOOK_QUEUE_NAME } from '../jobs.ts'

export interface QueueCounts {
  readonly queue: string
  readonly waiting: number
  readonly active: number
  readonly delayed: number
  readonly failed: number
}

const PATIENCE_S = 3

/**
 * What lies in Redis right now, asked when somebody looks and never by a page that has other work; the connection is
 * closed again. Throws `queue_unreachable` after three seconds.
 */
export async function queueCounts(redisUrl: string): Promise<readonly QueueCounts[]> {
  // Loaded with the first look: the service itself does without Redis.
  const { Queue } = await import('bullmq')
  const connection = { url: redisUrl, retryStrategy: () => null, connectTimeout: PATIENCE_S * 1000 }
  const queues = [QUEUE_NAME, WEBHOOK_QUEUE_NAME].map((name) => new Queue(name, { connection }))
  for (const queue of queues) queue.on('error', () => {})
  const late = new AbortController()
  const read = Promise.all(
    queues.map(async (queue): Promise<QueueCounts> => {
      const counts = await queue.getJobCounts('waiting', 'active', 'delayed', 'failed')
      const of = (state: string) => counts[state] ?? 0
      return {
        queue: queue.name,
        waiting: of('waiting'),
        active: of('active'),
        delayed: of('delayed'),
        failed: of('failed'),
      }
    }),
  )
  try {
    const patience = sleep(PATIENCE_S * 1000, undefined, { signal: late.signal }).then(() => null)
    patience.catch(() => {})
    const counts = await Promise.race([read.catch(() => null), patience])
    if (counts === null) throw new RuleError('queue_unreachable', { seconds: PATIENCE_S })
    return counts
  } finally {
    late.abort()
    read.catch(() => {})
    for (const queue of queues) queue.disconnect().catch(() => {})
  }
}
