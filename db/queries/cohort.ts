import type { Db } from '../open.ts'
import { prepared } from '../prepared.ts'

export interface CohortRow {
  readonly unitId: number
  /** Dossiers received in the period whose due date has passed, unless withdrawn or stopped by then. */
  readonly due: number
  /** Of these: ended with a result early or on time. */
  readonly met: number
  /** Dossiers received in the period that are not due yet, or paused: while there are any, the rate is provisional. */
  readonly notYetDue: number
}

export interface CohortQuery {
  readonly from: string
  readonly to: string
  readonly today: string
  /** Resolving units; null for all. */
  readonly unitIds: readonly number[] | null
}

/**
 * Variant V5: the dossiers received in [from, to], by the unit they then belonged to, judged once their due date lies
 * before `today`.
 */
export function cohortOf(db: Db, { from, to, today, unitIds }: CohortQuery): readonly CohortRow[] {
  const units = unitIds === null ? 'SELECT id FROM units' : 'SELECT value AS id FROM json_each(@units)'
  return prepared<CohortRow>(
    db,
    `SELECT unit AS unitId, SUM(is_due) AS due, SUM(is_due AND ended_on IS NOT NULL AND NOT is_late) AS met,
       SUM(NOT is_due) AS notYetDue
     FROM (
       SELECT u.id AS unit, ended_on, end_kind, ${JUDGED}
         FROM (${units}) u CROSS JOIN dossiers d INDEXED BY dossiers_unit_received ON d.unit_id = u.id
         WHERE accepted_on BETWEEN @from AND @to AND state <> 'voided' AND unit_since IS NULL
       UNION ALL SELECT m.unit_id, ended_on, end_kind, ${JUDGED}
         FROM dossiers d INDEXED BY dossiers_moved JOIN dossier_units m ON m.dossier_id = d.id
           AND d.accepted_on BETWEEN m.from_on AND m.to_on AND m.unit_id IN (${units})
         WHERE d.unit_since IS NOT NULL AND accepted_on BETWEEN @from AND @to AND state <> 'voided'
     )
     WHERE ended_on IS NULL OR end_kind = 'result' OR is_late GROUP BY unit`,
  ).all({ today, from, to, ...(unitIds !== null && { units: JSON.stringify(unitIds) }) })
}

const JUDGED = `coalesce(end_class = 'late', late_on IS NOT NULL) AS is_late,
  late_on IS NOT NULL OR (due_on < @today AND (paused_since IS NULL OR ended_on IS NOT NULL)) AS is_due`
