import type { Instant } from './domain/calendar/day.ts'

export interface Clock {
  now(): Instant
}

/** The machine's time. */
export const systemClock: Clock = { now: () => Temporal.Now.instant().epochMilliseconds }

/** A clock that shows `start` now and ticks on: for the demonstration. */
export function shiftedClock(start: Instant): Clock {
  const offset = start - systemClock.now()
  return { now: () => systemClock.now() + offset }
}

/** A clock that stands at `at` until `set`: for tests. */
export function fixedClock(at: Instant): Clock & { set(at: Instant): void } {
  let current = at
  return {
    now: () => current,
    set: (next) => {
      current = next
    },
  }
}
