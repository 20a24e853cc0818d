import { setTimeout as sleep } from 'node:timers/promises'
import type { Deps } from '../src/deps.ts'
import { type Due, dueMessages } from '../src/exchange/webhooks/deliver.ts'
import { pumpEvents } from '../src/exchange/webhooks/pump-events.ts'

/** How often new events and due messages are looked for, in ms. */
const EVERY_MS = 2_000
/** Between two looks whoever waits for the database's lock comes to his turn. In ms. */
const BREATH_MS = 20

export interface Rounds {
  /** Looks again soon: a message has made way for the next one. */
  again(): void
  stop(): Promise<void>
}

/** Makes messages of new events and has everything that is due carried, round after round, one at a time. */
export function startWebhookRounds(
  deps: Deps,
  carry: (due: Due) => Promise<unknown> | unknown,
  everyMs = EVERY_MS,
): Rounds {
  let stopping = false
  let isWanted = false
  let going: Promise<void> | null = null

  async function round(): Promise<void> {
    try {
      isWanted = pumpEvents(deps)
      for (const due of dueMessages(deps)) {
        if (stopping) return
        await carry(due)
      }
    } catch (error) {
      // A locked database or a full disk: the next look tries again.
      isWanted = false
      deps.log.error({ err: error }, 'webhook round failed')
    }
    await sleep(BREATH_MS)
  }

  const look = () => {
    isWanted = true
    if (stopping || going !== null) return
    going = round().finally(() => {
      going = null
      if (isWanted) look()
    })
  }
  const timer = setInterval(look, everyMs)
  look()

  return {
    again: look,
    async stop() {
      stopping = true
      clearInterval(timer)
      await going
    },
  }
}
