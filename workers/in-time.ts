import { setTimeout as sleep } from 'node:timers/promises'

export const REDIS_PATIENCE_MS = 5_000

/** A command waits without end for a Redis that is away: not here. */
export async function inTime<T>(command: Promise<T>): Promise<T> {
  const patience = new AbortController()
  const late = sleep(REDIS_PATIENCE_MS, undefined, { signal: patience.signal }).then(() => {
    throw new Error('Redis does not answer')
  })
  late.catch(() => {})
  try {
    return await Promise.race([command, late])
  } finally {
    command.catch(() => {})
    patience.abort()
  }
}
