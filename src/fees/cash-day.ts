import { closedFrom } from '../../db/queries/day-closes.ts'
import type { Unit } from '../catalogue/catalogue.ts'
import { unitName } from '../catalogue/unit-choices.ts'
import type { Deps } from '../deps.ts'
import { addDays, type Instant, type LocalDay, localDayOf } from '../domain/calendar/day.ts'
import { RuleError } from '../domain/refusals.ts'
import { fullDay } from '../web/formats.ts'

/**
 * The day to whose cash money belongs that changed hands at `at` and was written down at `notedAt`: that day, or, where it
 * had been closed by then, the first day after that closing. Refuses (`desk_day_closed`) what the closing could have known of:
 * that was counted then, or explained.
 */
export function cashDay({ db }: Pick<Deps, 'db'>, unit: Unit, at: Instant, notedAt: Instant = at): LocalDay {
  let day = localDayOf(at)
  for (;;) {
    const close = closedFrom(db, unit.id, day)
    if (close === null) return day
    if (close.closedAt > notedAt)
      throw new RuleError('desk_day_closed', { day: fullDay(day), unit: unitName(unit, day) })
    day = addDays(close.day, 1)
  }
}
