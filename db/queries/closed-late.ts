import type { Act } from '../../src/domain/life-cycle/life-cycle.ts'
import type { Db } from '../open.ts'
import { prepared } from '../prepared.ts'
import { andSeen, type Seen, seenArgs } from './seen.ts'

/** An end of a dossier, or the return of its result, that may have been recorded late. */
export interface ClosedLate {
  readonly dossierId: number
  readonly code: string | null
  readonly unitId: number
  readonly procedureId: number
  /** Who recorded it. */
  readonly actorId: number | null
  readonly act: Act
  /** When it really happened. */
  readonly occurredAt: number
  readonly recordedAt: number
  readonly reason: string | null
}

/**
 * Ends and returns in force, recorded since `since`, of dossiers that bear the mark, the newest first: back along the
 * timeline, whose ids follow the recording, as far as `since`. Which of the two was late, the calendar tells.
 */
export function closedLate(
  db: Db,
  since: number,
  { unitIds, seen }: { readonly unitIds: readonly number[] | null; readonly seen: Seen | null },
  limit: number,
): readonly ClosedLate[] {
  return prepared<ClosedLate>(
    db,
    `SELECT d.id AS dossierId, d.code, d.unit_id AS unitId, d.procedure_id AS procedureId, e.actor_id AS actorId, e.act,
       e.occurred_at AS occurredAt, e.recorded_at AS recordedAt,
       (SELECT text FROM dossier_texts t WHERE t.dossier_id = d.id AND t.seq = e.seq AND t.kind = 'reason') AS reason
     FROM events e NOT INDEXED CROSS JOIN dossiers d ON d.id = e.dossier_id
     WHERE e.id > @after AND d.end_entered_late AND d.state <> 'voided'
       AND ((e.act IN ('finish', 'withdraw', 'stop', 'resolve_at_once') AND e.occurred_at = d.ended_at)
         OR (e.act = 'return_result' AND e.occurred_at = d.returned_at))
       AND (@units IS NULL OR d.unit_id IN (SELECT value FROM json_each(@units))) ${andSeen(seen)}
     ORDER BY e.id DESC LIMIT @limit`,
  ).all({
    after: lastEventBefore(db, since),
    units: unitIds && JSON.stringify(unitIds),
    limit,
    ...seenArgs(seen),
  })
}

/** Id of the last event recorded before `at`, by halves: ids follow the recording. */
function lastEventBefore(db: Db, at: number): number {
  const recordedAt = prepared<{ id: number; at: number }>(
    db,
    'SELECT id, recorded_at AS at FROM events WHERE id <= ? ORDER BY id DESC LIMIT 1',
  )
  let low = 0
  let high = prepared<{ id: number | null }>(db, 'SELECT max(id) AS id FROM events').get()?.id ?? 0
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    const event = recordedAt.get(middle)
    if (event === undefined || event.at < at) low = middle
    else high = Math.min(middle - 1, event.id - 1)
  }
  return low
}
