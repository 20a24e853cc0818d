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
 * By definition, from the dossiers: those found late by an act, those late by the clock alone, those that a
 * reorganisation has moved since; days overdue that a calendar decision has cleared since count as they were.
 */
export function longOverdueCount(db: Db, { unitId, to, lateThrough }: LongOverdueQuery): number {
  const row = prepared<{ n: number }>(
    db,
    `SELECT (SELECT count(*) FROM dossiers INDEXED BY dossiers_late
        WHERE unit_id = @unitId AND ${NEVER_MOVED} AND late_on <= @lateThrough AND (ended_on IS NULL OR ended_on > @to))
      + (SELECT count(*) FROM dossiers INDEXED BY dossiers_pending
        WHERE unit_id = @unitId AND accepted_at IS NOT NULL AND ended_at IS NULL AND ${NEVER_MOVED}
          AND ${LATE_BY_CLOCK})
      + (SELECT count(*) FROM dossier_units m INDEXED BY dossier_units_unit CROSS JOIN dossiers d ON d.id = m.dossier_id
        WHERE m.unit_id = @unitId AND @to BETWEEN m.from_on AND m.to_on AND state <> 'voided' AND accepted_on <= @to
          AND (ended_on IS NULL OR ended_on > @to) AND (late_on <= @lateThrough OR ended_on IS NULL AND ${LATE_BY_CLOCK}))
      + (SELECT count(*) FROM overdue_spells o CROSS JOIN dossiers d ON d.id = o.dossier_id
        LEFT JOIN dossier_units m ON m.dossier_id = d.id AND @to BETWEEN m.from_on AND m.to_on
        WHERE coalesce(m.unit_id, d.unit_id) = @unitId AND o.from_on <= @lateThrough AND o.to_on > @to
          AND d.state <> 'voided' AND (d.ended_on IS NULL OR d.ended_on > @to)) AS n`,
  ).get({ unitId, to, lateThrough })
  return row!.n
}

const NEVER_MOVED = `state <> 'voided' AND unit_since IS NULL`

/** No act has found it late yet, but the clock has run past the due date. */
const LATE_BY_CLOCK = 'late_on IS NULL AND paused_since IS NULL AND due_on < @lateThrough'
