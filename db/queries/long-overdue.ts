import type { Db } from '../open.ts'
import { prepared } from '../prepared.ts'

export interface LongOverdueQuery {
  readonly unitId: number
  /** Last day of the period. */
  readonly to: string
  /** Overdue on this day or before it is overdue for long. */
  readonly lateThrough: string
}

/**
 * Dossiers of a resolving unit pending at the end of `to` that had been overdue since `lateThrough` or longer.
 * By definition, from the dossiers: those still open and those ended after the period are found by their indexes;
 * days overdue that a calendar decision has cleared since count as they were.
 */
export function longOverdueCount(db: Db, { unitId, to, lateThrough }: LongOverdueQuery): number {
  const row = prepared<{ n: number }>(
    db,
    `SELECT (SELECT count(*) FROM dossiers INDEXED BY dossiers_pending
        WHERE unit_id = @unitId AND accepted_at IS NOT NULL AND ended_at IS NULL AND ${LATE})
      + (SELECT count(*) FROM dossiers INDEXED BY dossiers_unit_ended
        WHERE unit_id = @unitId AND ended_on > @to AND late_on <= @lateThrough AND state <> 'voided')
      + (SELECT count(*) FROM overdue_spells o JOIN dossiers d ON d.id = o.dossier_id
        WHERE d.unit_id = @unitId AND o.from_on <= @lateThrough AND o.to_on > @to AND d.state <> 'voided'
          AND (d.ended_on IS NULL OR d.ended_on > @to)) AS n`,
  ).get({ unitId, to, lateThrough })
  return row!.n
}

/** Late since an act found it so, or by the clock that has run past the due date. */
const LATE = `state <> 'voided' AND (late_on <= @lateThrough
  OR (late_on IS NULL AND paused_since IS NULL AND due_on < @lateThrough))`
