import { addDays, localDayOf } from '../../../src/domain/calendar/day.ts'
import type { DueOf, StoryCalendar } from './story.ts'

/**
 * The due date a story aims at, moved by restart, resume and extension. It only steers the choice of moments;
 * the product computes and judges the real one.
 */
export interface DueClock {
  dueOn(): string
  restart(at: number): void
  /** Adds the working days of the pause that no earlier pause has given back; none for a pause within one day. */
  resume(from: number, to: number): void
  extend(days: number): void
}

export function dueClock(
  calendar: StoryCalendar,
  dueOf: DueOf,
  procedure: string,
  acceptedAt: number,
): DueClock {
  let base = dueOf(procedure, acceptedAt).dueOn
  let given = new Set<string>()
  let extension = 0
  return {
    dueOn: () => calendar.addWorkingDays(base, given.size + extension),
    restart(at) {
      base = dueOf(procedure, at).dueOn
      given = new Set()
      extension = 0
    },
    resume(from, to) {
      const last = localDayOf(to)
      if (localDayOf(from) === last) return
      for (let day = localDayOf(from); day <= last; day = addDays(day, 1)) {
        if (calendar.isWorkingDay(day)) given.add(day)
      }
    },
    extend(days) {
      extension += days
    },
  }
}
