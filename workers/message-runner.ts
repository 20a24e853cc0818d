import { setTimeout as sleep } from 'node:timers/promises'
import { dueMessages } from '../db/queries/messages.ts'
import type { Deps } from '../src/deps.ts'
import { sendMessage } from '../src/messages/send-message.ts'
import type { Runner } from './runner.ts'

/** How often due messages are looked for, in ms. */
const EVERY_MS = 5_000
/** How many are on their way at once. */
const AT_ONCE = 4
/** What is on its way when the process stops has this long to end: cut off, nobody would know whether it arrived. */
const LAST_CALL_MS = 9_000

/**
 * Sends what is due to citizens, round after round. The rows are the truth, so several worker processes share them
 * without Redis; where no channel is configured there is nothing to do.
 */
export function startMessageRunner(deps: Deps, { everyMs = EVERY_MS } = {}): Runner {
  const { messages } = deps
  if (messages == null) return { stop: async () => {} }
  const stopped = new AbortController()
  let stopping = false
  let going: Promise<void> | null = null

  async function round(): Promise<void> {
    try {
      while (!stopping) {
        const due = dueMessages(deps.db, deps.clock.now(), AT_ONCE)
        const all = due.map((id) => sendMessage({ ...deps, messages: messages! }, id, stopped.signal))
        if (all.length === 0) return
        await Promise.all(all)
      }
    } catch (error) {
      // A locked database or a full disk: the next look tries again.
      deps.log.error({ err: error }, 'message round failed')
    }
  }

  const look = () => {
    if (stopping || going !== null) return
    going = round().finally(() => {
      going = null
    })
  }
  const timer = setInterval(look, everyMs)
  look()

  return {
    async stop() {
      stopping = true
      clearInterval(timer)
      await Promise.race([going, sleep(LAST_CALL_MS, undefined, { ref: false })])
      stopped.abort()
      await going
    },
  }
}
