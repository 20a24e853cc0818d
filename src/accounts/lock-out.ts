import type { FailureRow } from '../../db/queries/sessions.ts'
import type { Instant } from '../domain/calendar/day.ts'

/** Wrong passwords that cost nothing. */
const FREE_TRIES = 5
const FIRST_WAIT_MS = 30_000
const LONGEST_WAIT_MS = 60 * 60_000

/** Failures older than this are forgotten. */
export const FAILURE_LIFE_MS = 24 * 60 * 60_000

/**
 * Until when a name is not asked for a password again: after five failures half a minute, then twice as long each time,
 * up to an hour. Null: at once. Nobody is locked out for good, so nobody can lock a colleague out for good.
 */
export function lockedUntil(failures: FailureRow | null, now: Instant): Instant | null {
  if (failures === null || failures.count < FREE_TRIES || now - failures.lastAt > FAILURE_LIFE_MS) return null
  const wait = Math.min(FIRST_WAIT_MS * 2 ** (failures.count - FREE_TRIES), LONGEST_WAIT_MS)
  const until = failures.lastAt + wait
  return until > now ? until : null
}
