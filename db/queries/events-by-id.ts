import type { Act } from '../../src/domain/life-cycle/life-cycle.ts'
import type { Db } from '../open.ts'
import { prepared } from '../prepared.ts'

export interface EventOfDossier {
  readonly id: number
  readonly dossierId: number
  /** Null: refused at intake, or not accepted yet. */
  readonly code: string | null
  readonly act: Act
  readonly occurredAt: number
  readonly recordedAt: number
  readonly actorId: number | null
  readonly reason: string | null
}

/** Events with the code of their dossier and the reason given, in the order of their recording. */
export function eventsById(db: Db, ids: Iterable<number>): readonly EventOfDossier[] {
  return prepared<EventOfDossier>(
    db,
    `SELECT e.id, dossier_id AS dossierId, d.code, act, occurred_at AS occurredAt, e.recorded_at AS recordedAt,
       actor_id AS actorId, (SELECT text FROM dossier_texts t
         WHERE t.dossier_id = e.dossier_id AND t.seq = e.seq AND kind = 'reason' ORDER BY t.id LIMIT 1) AS reason
       FROM json_each(?) chosen CROSS JOIN events e ON e.id = chosen.value JOIN dossiers d ON d.id = dossier_id
       ORDER BY e.id`,
  ).all(JSON.stringify([...ids]))
}
