import type { Act } from '../../src/domain/life-cycle/life-cycle.ts'
import type { Db } from '../open.ts'
import { prepared } from '../prepared.ts'
import { andSeen, type Seen, seenArgs } from './seen.ts'

/** A dossier at its newest event. */
export interface ChangedDossier {
  readonly eventId: number
  readonly dossierId: number
  readonly occurredAt: number
}

/** From which event on to read, up to how many, of whose dossiers; null: of all there are. */
export interface EventsQuery {
  readonly since: number
  readonly limit: number
  readonly seen: Seen | null
}

/** Events looked at for one page: whoever sees few dossiers gets it as soon as others. */
const LOOKED_AT = 20_000

/** The last event that a page is looked for in. */
export function lookedThrough(db: Db, { since, seen }: EventsQuery): number {
  const newest = prepared<{ id: number | null }>(db, 'SELECT max(id) AS id FROM events').get()?.id ?? 0
  return seen === null ? newest : Math.min(newest, since + LOOKED_AT)
}

/**
 * Dossiers with an event after `since`, each once at its newest event, in the order of these. Who goes on from the
 * last one read misses none: what changes meanwhile comes again further on.
 */
export function changedDossiers(db: Db, query: EventsQuery): readonly ChangedDossier[] {
  const { since, limit, seen } = query
  return prepared<ChangedDossier>(
    db,
    `SELECT e.id AS eventId, e.dossier_id AS dossierId, e.occurred_at AS occurredAt
       FROM events e CROSS JOIN dossiers d ON d.id = e.dossier_id WHERE e.id > @since AND e.id <= @through
       AND NOT EXISTS (SELECT 1 FROM events n WHERE n.dossier_id = e.dossier_id AND n.seq > e.seq) ${andSeen(seen)}
       ORDER BY e.id LIMIT @limit`,
  ).all({ since, through: lookedThrough(db, query), limit, ...seenArgs(seen) })
}

export interface ProgressEvent extends ChangedDossier {
  readonly seq: number
  readonly act: Act
  readonly actorId: number | null
}

/** Events after `since` that set the state or what more is asked before acceptance. */
export function stateEvents(db: Db, query: EventsQuery): readonly ProgressEvent[] {
  const { since, limit, seen } = query
  return prepared<ProgressEvent>(
    db,
    `SELECT e.id AS eventId, dossier_id AS dossierId, seq, act, occurred_at AS occurredAt, actor_id AS actorId
       FROM events e CROSS JOIN dossiers d ON d.id = e.dossier_id WHERE e.id > @since AND e.id <= @through
       AND (json_type(changes, '$.state') IS NOT NULL OR json_type(changes, '$.subState') IS NOT NULL) ${andSeen(seen)}
       ORDER BY e.id LIMIT @limit`,
  ).all({ since, through: lookedThrough(db, query), limit, ...seenArgs(seen) })
}

/** The newest event recorded before `at`: halved down, since events are numbered in the order of their recording. */
export function eventBefore(db: Db, at: number): number {
  const next = prepared<{ id: number; at: number }>(
    db,
    'SELECT id, recorded_at AS at FROM events WHERE id >= ? ORDER BY id LIMIT 1',
  )
  let low = 0
  let high = (prepared<{ id: number | null }>(db, 'SELECT max(id) AS id FROM events').get()?.id ?? 0) + 1
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    const found = next.get(middle)
    if (found !== undefined && found.at < at) low = found.id
    else high = middle
  }
  return low
}
