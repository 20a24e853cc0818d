import type { Instant } from '../domain/calendar/day.ts'

const MINUTE_MS = 60_000

/** A form knows minutes only: what is typed as the minute of the act before happened after it. */
export function notBefore(before: Instant, at: Instant): Instant {
  return Math.floor(before / MINUTE_MS) === Math.floor(at / MINUTE_MS) ? Math.max(before, at) : at
}
