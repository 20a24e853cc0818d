import type { FastifyRateLimitStore, FastifyRateLimitStoreCtor } from '@fastify/rate-limit'
import type { Clock } from '../clock.ts'

/** Keys remembered at a time: the longest unheard of is forgotten first, so a flood of addresses takes no memory. */
const MOST_KEYS = 10_000

interface Window {
  readonly count: number
  readonly since: number
}

/**
 * Counts in memory, by the clock of the installation. The plugin's own store reads the machine's clock and would keep
 * somebody out for as long as that clock is set back; here a window that lies in the future is over.
 */
export function rateStoreOf(clock: Clock, mostKeys = MOST_KEYS): FastifyRateLimitStoreCtor {
  return class RateStore implements FastifyRateLimitStore {
    readonly #windows = new Map<string, Window>()

    incr(
      key: string,
      done: (error: null, result: { current: number; ttl: number }) => void,
      lengthMs: number,
    ) {
      const now = clock.now()
      const known = this.#windows.get(key)
      const isOpen = known !== undefined && known.since <= now && now < known.since + lengthMs
      const { count, since } = isOpen ? known : { count: 0, since: now }
      this.#windows.delete(key)
      this.#windows.set(key, { count: count + 1, since })
      if (this.#windows.size > mostKeys) this.#windows.delete(this.#windows.keys().next().value as string)
      done(null, { current: count + 1, ttl: since + lengthMs - now })
    }

    child() {
      return new RateStore()
    }
  }
}
