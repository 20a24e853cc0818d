import type { Db } from '../open.ts'
import { prepared } from '../prepared.ts'
import { andSeen, type Seen, seenArgs } from './seen.ts'

/** A dossier whose unit is no more and which nobody has been given. */
export interface WaitingDossier {
  readonly id: number
  readonly unitId: number
  readonly procedureId: number
}

/**
 * Dossiers that belong to a unit that ended before `today`, pending beyond its last day: a reorganisation has not
 * said who takes them over. Of those that `seen` opens, in the order of their units.
 */
export function waitingForUnit(db: Db, today: string, seen: Seen | null = null): readonly WaitingDossier[] {
  return prepared<WaitingDossier>(
    db,
    `SELECT d.id, d.unit_id AS unitId, d.procedure_id AS procedureId ${WAITING} ${andSeen(seen)}
       ORDER BY d.unit_id, d.due_at, d.id`,
  ).all({ today, ...seenArgs(seen) })
}

export function waitingForUnitCount(db: Db, today: string): number {
  return prepared<{ n: number }>(db, `SELECT count(*) AS n ${WAITING}`).get({ today })!.n
}

const CLOSED = `(SELECT unit_id, max(coalesce(valid_to, '9999-12-31')) AS last_day FROM unit_versions GROUP BY unit_id
  HAVING last_day < @today)`
const WAITING = `FROM ${CLOSED} u CROSS JOIN dossiers d INDEXED BY dossiers_unit_ended ON d.unit_id = u.unit_id
  WHERE (d.ended_on IS NULL OR d.ended_on > u.last_day) AND d.state <> 'voided'
    AND (d.state = 'submitted' OR d.accepted_on IS NOT NULL)`
