import type { Deps } from '../src/deps.ts'
import type { Runner } from './runner.ts'
import { type Rounds, startWebhookRounds } from './webhook-rounds.ts'
import { startWebhookSender } from './webhook-sender.ts'

export interface WebhookRunnerOptions {
  readonly redisUrl?: string | null
  /** How often to look, in ms. */
  readonly everyMs?: number
}

/**
 * Tells webhooks what happened. With Redis a queue of its own carries the messages, so that several worker processes
 * share them; without, and while Redis is away, this process sends them itself. What is due and done is in the rows.
 */
export function startWebhookRunner(deps: Deps, { redisUrl = null, everyMs }: WebhookRunnerOptions): Runner {
  const sender = startWebhookSender(deps, () => rounds.again())
  // BullMQ is loaded only where there is a Redis for it.
  const queue =
    redisUrl === null
      ? null
      : import('./webhook-queue.ts').then(({ startWebhookQueue }) =>
          startWebhookQueue(deps, redisUrl, sender),
        )
  const rounds: Rounds = startWebhookRounds(
    deps,
    async (due) => {
      if (await (await queue)?.carry(due)) return
      // One that finds no room is due at the next look.
      if (!sender.isFull()) void sender.send(due)
    },
    everyMs,
  )
  return {
    async stop() {
      await rounds.stop()
      await Promise.all([(await queue)?.stop(), sender.stop()])
    },
  }
}
