import { seenAmong } from '../../db/queries/seen.ts'
import { seenDossiers } from '../accounts/seen-units.ts'
import type { Actor, Deps } from '../deps.ts'
import type { LateEvent } from './late-events.ts'

/** The events as the actor may read them: of others' dossiers neither the code nor what somebody wrote as a reason. */
export function seenEvents<E extends LateEvent>(
  deps: Pick<Deps, 'db' | 'clock'>,
  actor: Actor,
  events: readonly E[],
): readonly E[] {
  const ids = [...new Set(events.map(({ dossierId }) => dossierId))]
  const seen = seenAmong(deps.db, seenDossiers(deps, actor), ids)
  return events.map((event) => (seen.has(event.dossierId) ? event : { ...event, code: null, reason: null }))
}

/** The same of whatever carries such events. */
export function withSeenEvents<T extends { readonly events: readonly LateEvent[] } | null>(
  deps: Pick<Deps, 'db' | 'clock'>,
  actor: Actor,
  found: T,
): T {
  return found === null ? found : { ...found, events: seenEvents(deps, actor, found.events) }
}
