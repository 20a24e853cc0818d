import type { Db } from '../open.ts'
import { prepared } from '../prepared.ts'
import { andSeen, type Seen, seenArgs } from './seen.ts'

/** The pending dossiers of one unit, by how much time they have. */
export interface PendingCounts {
  readonly unitId: number
  readonly open: number
  readonly overdue: number
  readonly today: number
  readonly soon: number
  readonly paused: number
}

/** For each resolving unit with pending dossiers: overdue, due today, due by `soon`, paused. */
export function pendingCounts(
  db: Db,
  { today, soon, seen }: { readonly today: string; readonly soon: string; readonly seen: Seen | null },
): readonly PendingCounts[] {
  return prepared<PendingCounts>(
    db,
    `SELECT unit_id AS unitId, count(*) AS open,
       SUM(late_on IS NOT NULL OR (due_on < @today AND paused_since IS NULL)) AS overdue,
       SUM(late_on IS NULL AND paused_since IS NULL AND due_on = @today) AS today,
       SUM(late_on IS NULL AND paused_since IS NULL AND due_on > @today AND due_on <= @soon) AS soon,
       SUM(late_on IS NULL AND paused_since IS NOT NULL) AS paused
     FROM dossiers d INDEXED BY dossiers_pending
     WHERE accepted_at IS NOT NULL AND ended_at IS NULL AND state <> 'voided' ${andSeen(seen)} GROUP BY unit_id`,
  ).all({ today, soon, ...seenArgs(seen) })
}
