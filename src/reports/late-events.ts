import type { Db } from '../../db/open.ts'
import { type EventOfDossier, eventsById } from '../../db/queries/events-by-id.ts'
import type { LateChange } from '../../db/queries/late-changes.ts'
import { catalogueOf } from '../catalogue/catalogue.ts'
import { TRANSITIONS } from '../domain/life-cycle/life-cycle.ts'
import { changedCells } from './cells.ts'
import type { ClosedDays } from './next-revision.ts'

/** An event that changed figures of a closed period, as people read it. */
export interface LateEvent extends EventOfDossier {
  readonly actLabel: string
  readonly actor: string
}

/** The events with these ids, in the order of their recording. */
export function lateEvents(db: Db, ids: Iterable<number>): readonly LateEvent[] {
  const catalogue = catalogueOf(db)
  return eventsById(db, ids).map((event) => ({
    ...event,
    actLabel: TRANSITIONS[event.act].label,
    actor: (event.actorId !== null && catalogue.officerById.get(event.actorId)?.name) || 'Hệ thống',
  }))
}

/** Ids of the events among `changes` that change anything of the period by themselves. */
export function eventsChanging(changes: readonly LateChange[], period: ClosedDays): readonly number[] {
  const byEvent = Map.groupBy(changes, ({ eventId }) => eventId)
  return [...byEvent].filter(([, own]) => changedCells(own, period).length > 0).map(([id]) => id)
}
