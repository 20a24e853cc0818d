import type { Instant } from '../calendar/day.ts'

const MINUTE_MS = 60_000

/**
 * Whether `at` lies after the minute of `dueAt`: limits kept to the minute are still in time within it.
 * Example: due 16:00:00, at 16:00:59 → false, at 16:01:00 → true.
 */
export function isPastMinute(at: Instant, dueAt: Instant): boolean {
  return at >= dueAt + MINUTE_MS
}
