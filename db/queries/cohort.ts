import type { Db } from '../open.ts'
import { prepared } from '../prepared.ts'

export interface CohortRow {
  readonly unitId: number
  /** Dossiers received in the period whose due date has passed. */
  readonly due: number
  /** Of these: ended with a result early or on time. */
  readonly met: number
  /** Dossiers received in the period that are not due yet: while there are any, the rate is provisional. */
  readonly notYetDue: number
}

/** Variant V5: the dossiers received in [from, to], judged once their due date lies before `today`. */
export function cohortOf(db: Db, from: string, to: string, today: string): readonly CohortRow[] {
  return prepared<CohortRow>(
    db,
    `SELECT unit_id AS unitId,
       SUM(due_on < @today AND coalesce(end_kind, 'result') = 'result') AS due,
       SUM(due_on < @today AND end_kind = 'result' AND end_class <> 'late') AS met,
       SUM(due_on >= @today) AS notYetDue
     FROM dossiers WHERE accepted_on BETWEEN @from AND @to AND state <> 'voided' GROUP BY unit_id`,
  ).all({ today, from, to })
}
