const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

/** Waits after the first, second, … failed attempt; after the attempt that follows the last one it is given up. In ms. */
const RETRY_AFTER_MS = [
  MINUTE_MS,
  5 * MINUTE_MS,
  30 * MINUTE_MS,
  2 * HOUR_MS,
  6 * HOUR_MS,
  12 * HOUR_MS,
  24 * HOUR_MS,
] as const

/** No receiver may ask for a longer wait. */
const LONGEST_ASKED_MS = 24 * HOUR_MS

/** How long to wait after the failed attempt of this number, at least as long as the receiver asked; null: give up. */
export function waitAfter(attempt: number, askedMs: number | null): number | null {
  const wait = RETRY_AFTER_MS[attempt - 1]
  return wait === undefined ? null : Math.max(wait, Math.min(askedMs ?? 0, LONGEST_ASKED_MS))
}

const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ')

/**
 * What a `Retry-After` header asks for (RFC 9110 § 10.2.3: seconds or an HTTP date), in ms from `now`; null for
 * anything else. Example: '120' → 120,000.
 */
export function askedWait(header: string | null, now: number): number | null {
  if (header === null) return null
  if (/^\d{1,9}$/.test(header)) return Number(header) * 1000
  const [, day, month = '', year, time] =
    /^\w{3}, (\d\d) (\w{3}) (\d{4}) (\d\d:\d\d:[0-5]\d) GMT$/.exec(header) ?? []
  const number = MONTHS.indexOf(month) + 1
  if (number === 0) return null
  try {
    const date = `${year}-${String(number).padStart(2, '0')}-${day}T${time}Z`
    return Math.max(0, Temporal.Instant.from(date).epochMilliseconds - now)
  } catch {
    return null
  }
}
