import { localDayOf } from '../../../src/domain/calendar/day.ts'
import type { Arrival } from './arrivals.ts'
import { lateFactor } from './demand.ts'
import { dueClock } from './due-clock.ts'
import { end } from './ending.ts'
import { beginWork, intake } from './intake.ts'
import { interrupt } from './interruptions.ts'
import type { Random } from './prng.ts'
import type { DueOf, StoryAct, StoryCalendar } from './story.ts'

export interface Life {
  readonly arrival: Arrival
  readonly calendar: StoryCalendar
  readonly draw: Random
  readonly acts: StoryAct[]
  /** Fee paid through the portal at submission. */
  readonly paidOnline: boolean
  readonly eResult: boolean
}

/** Parts of late dossiers among those answered the same day and among the others, against the unit's own part. */
const LATE_SAME_DAY = 0.4
const LATE_OTHERS = 2

/** All acts of a dossier's life, in order, to its very end, however long that takes. */
export function actsOf(life: Life, dueOf: DueOf): readonly StoryAct[] {
  const { arrival, calendar, acts } = life
  const acceptedAt = intake(life)
  if (acceptedAt === null || arrival.version.instant) return acts
  const clock = dueClock(calendar, dueOf, arrival.procedure.code, acceptedAt)
  const startedAt = beginWork(life, clock.dueOn())
  const workedAt = interrupt(life, clock, acceptedAt, startedAt)
  if (workedAt !== null) end(life, clock.dueOn(), workedAt, lateChance(arrival))
  return acts
}

function lateChance({ profile, version, acceptedAt }: Arrival): number {
  const kind = version.limit === 'same-day' ? LATE_SAME_DAY : LATE_OTHERS
  return profile.late * kind * lateFactor(localDayOf(acceptedAt))
}
