import type { Db } from '../../db/open.ts'
import { type EventOfDossier, eventsById } from '../../db/queries/events-by-id.ts'
import type { LateChange } from '../../db/queries/late-changes.ts'
import { catalogueOf } from '../catalogue/catalogue.ts'
import { TRANSITIONS } from '../domain/life-cycle/life-cycle.ts'

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

/** Ids of the events whose own changes count, in the order of their recording. */
export function eventsWhose(
  changes: readonly LateChange[],
  count: (own: readonly LateChange[]) => boolean,
): readonly number[] {
  const byEvent = Map.groupBy(changes, ({ eventId }) => eventId)
  const ids = [...byEvent].filter(([, own]) => count(own)).map(([id]) => id)
  return ids.sort((x, y) => x - y)
}
