import type { TimelineEvent } from '../../db/queries/timeline.ts'
import { type LocalDay, localDayOf } from '../domain/calendar/day.ts'
import { type Stay, staysAnew } from '../domain/counting/stays.ts'
import type { Dossier } from '../domain/life-cycle/dossier.ts'

/** Who had it, as its events tell: assignments, and reorganisations that took it from somebody. */
export function staysOfTimeline(events: readonly TimelineEvent[], acceptedOn: LocalDay): readonly Stay[] {
  let officerId = 0
  const givings: Stay[] = []
  for (const { seq, act, occurredAt, changes } of events) {
    const { assigneeId } = JSON.parse(changes) as Partial<Dossier>
    if (assigneeId !== undefined) officerId = assigneeId ?? 0
    const gives = act === 'assign' || (act === 'transfer_unit' && assigneeId !== undefined)
    if (seq > 1 && gives) givings.push({ from: localDayOf(occurredAt), officerId })
  }
  const [opening] = events
  const first = (JSON.parse(opening?.changes ?? '{}') as Partial<Dossier>).assigneeId ?? 0
  return staysAnew(givings, first, acceptedOn)
}
