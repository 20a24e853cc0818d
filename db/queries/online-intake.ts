import type { Db } from '../open.ts'
import { prepared } from '../prepared.ts'

/** A submission that waits to be received. */
export interface Submission {
  readonly id: number
  readonly code: null
  readonly receivingUnitId: number
  readonly procedureId: number
  readonly applicant: string | null
  readonly submittedAt: number
  readonly receivingDueAt: number
  /** 1: more was asked for, the clock stands until it comes. */
  readonly isAsked: 0 | 1
}

/** What waits to be received at these units (null: anywhere), the most urgent first, those asked for more last. */
export function submissions(db: Db, unitIds: readonly number[] | null): readonly Submission[] {
  const at = unitIds === null ? '' : 'AND d.receiving_unit_id IN (SELECT value FROM json_each(@units))'
  return prepared<Submission>(
    db,
    `SELECT d.id, d.code, d.receiving_unit_id AS receivingUnitId, d.procedure_id AS procedureId, p.name AS applicant,
       d.submitted_at AS submittedAt, d.receiving_due_at AS receivingDueAt, d.sub_state IS NOT NULL AS isAsked
     FROM dossiers d INDEXED BY dossiers_to_receive LEFT JOIN persons p ON p.id = d.applicant_id
     WHERE d.state = 'submitted' ${at} ORDER BY isAsked, d.receiving_due_at, d.id`,
  ).all({ units: JSON.stringify(unitIds) })
}
