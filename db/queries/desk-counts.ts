import type { Db } from '../open.ts'
import { prepared } from '../prepared.ts'
import { RETURNING_UNIT } from './dossier-rows.ts'
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

export interface WaitingCounts {
  /** Submitted online and not received yet. */
  readonly submitted: number
  /** When the next of them has to be received; null without any. */
  readonly nextReceivingDueAt: number | null
  /** Results that wait for the applicant. */
  readonly resultReady: number
}

/** What waits at the shops of `unitIds`; null: at all there are. */
export function waitingCounts(db: Db, unitIds: readonly number[] | null): WaitingCounts {
  const units = unitIds && JSON.stringify(unitIds)
  const at = (unit: string) => `(@units IS NULL OR ${unit} IN (SELECT value FROM json_each(@units)))`
  const submitted = prepared<{ n: number; next: number | null }>(
    db,
    `SELECT count(*) AS n, min(receiving_due_at) AS next FROM dossiers d
       WHERE state = 'submitted' AND ${at('d.receiving_unit_id')}`,
  ).get({ units })
  const ready = prepared<{ n: number }>(
    db,
    `SELECT count(*) AS n FROM dossiers d WHERE state = 'result_ready' AND ${at(RETURNING_UNIT)}`,
  ).get({ units })
  return { submitted: submitted!.n, nextReceivingDueAt: submitted!.next, resultReady: ready!.n }
}
