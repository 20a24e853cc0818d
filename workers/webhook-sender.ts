import { setTimeout as sleep } from 'node:timers/promises'
import type { Deps } from '../src/deps.ts'
import { type Due, deliver } from '../src/exchange/webhooks/deliver.ts'

/** How many messages are on their way at once, of all addresses together. */
export const AT_ONCE = 5

/** What is on its way when the process stops has this long to end; then it is cut off and sent again later. In ms. */
const LAST_CALL_MS = 3_000

export interface Sender {
  /** Resolves when the message has its result, or when it was not to be sent. Never rejects. */
  send(due: Pick<Due, 'id' | 'webhookId'>): Promise<void>
  isFull(): boolean
  stop(): Promise<void>
}

/** Sends messages from this process; `sent` is called after each that has a result. */
export function startWebhookSender(deps: Deps, sent: () => void): Sender {
  const stopped = new AbortController()
  const sending = new Set<Promise<void>>()

  async function sendOne(due: Pick<Due, 'id' | 'webhookId'>): Promise<void> {
    try {
      if ((await deliver(deps, due, stopped.signal)) !== 'skipped') sent()
    } catch (error) {
      // Not claimed, or its result not written down: the row says so, and it is sent again.
      deps.log.error({ delivery: due.id, err: error }, 'webhook message failed')
    }
  }

  return {
    send(due) {
      const one = sendOne(due).finally(() => sending.delete(one))
      sending.add(one)
      return one
    },
    isFull: () => sending.size >= AT_ONCE,
    async stop() {
      const all = Promise.all(sending)
      await Promise.race([all, sleep(LAST_CALL_MS, undefined, { ref: false })])
      stopped.abort()
      await all
    },
  }
}
