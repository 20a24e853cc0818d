import { setTimeout as sleep } from 'node:timers/promises'
import { type Job, Queue, Worker } from 'bullmq'
import type { Deps } from '../src/deps.ts'
import type { Due } from '../src/exchange/webhooks/deliver.ts'
import { WEBHOOK_QUEUE_NAME } from '../src/jobs.ts'
import { inTime, REDIS_PATIENCE_MS } from './in-time.ts'
import { AT_ONCE, type Sender } from './webhook-sender.ts'

const RECONNECT_MS = 2_000
/** After an error of Redis it is not asked for this long: messages do not wait for it. In ms. */
const DISTRUST_MS = 5_000
const GONE_AT_ONCE = { removeOnComplete: true, removeOnFail: true, attempts: 1 } as const

export interface WebhookQueue {
  /** Hands a message to the queue; false where Redis does not take it. */
  carry(due: Due): Promise<boolean>
  stop(): Promise<void>
}

/**
 * The queue of the webhooks, beside that of the jobs: a slow receiver holds up no closing. A job is a message and its
 * attempt, and waits in the queue once; whether it is still to be sent is asked of its row.
 */
export function startWebhookQueue({ log }: Pick<Deps, 'log'>, url: string, sender: Sender): WebhookQueue {
  let stopping = false
  let isAway = false
  let trustedFrom = 0
  const connection = {
    url,
    retryStrategy: (times: number) => (stopping ? null : Math.min(times * 100, RECONNECT_MS)),
  }
  const queue = new Queue<Pick<Due, 'id' | 'webhookId'>>(WEBHOOK_QUEUE_NAME, {
    connection,
    defaultJobOptions: GONE_AT_ONCE,
  })
  const worker = new Worker(
    WEBHOOK_QUEUE_NAME,
    ({ data }: Job<Pick<Due, 'id' | 'webhookId'>>) => sender.send(data),
    { connection, concurrency: AT_ONCE },
  )

  function onError(error: Error): void {
    if (!isAway && !stopping) log.warn({ err: error }, 'Redis is away: webhooks are told without it')
    isAway = true
    trustedFrom = performance.now() + DISTRUST_MS
  }
  queue.on('error', onError)
  worker.on('error', onError)

  return {
    async carry({ id, webhookId, attempts }) {
      if (performance.now() < trustedFrom) return false
      try {
        await inTime(queue.add('deliver', { id, webhookId }, { jobId: `${id}-${attempts + 1}` }))
        if (isAway) log.info('Redis is back: it carries messages to webhooks')
        isAway = false
        return true
      } catch (error) {
        onError(error as Error)
        return false
      }
    },
    async stop() {
      stopping = true
      await Promise.race([
        Promise.allSettled([worker.close(), queue.close()]),
        sleep(REDIS_PATIENCE_MS, undefined, { ref: false }),
      ])
    },
  }
}
