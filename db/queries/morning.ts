import type { Act } from '../../src/domain/life-cycle/life-cycle.ts'
import type { Db } from '../open.ts'
import { prepared } from '../prepared.ts'

/** No list of a morning is longer: what is more is a queue. */
const AT_MOST = 200
/** Requests looked at for decisions, the newest: older ones were decided long ago. */
const REQUESTS_LOOKED_AT = 500

const MINE = `d.assignee_id IN (SELECT value FROM json_each(@officers))
  AND d.accepted_at IS NOT NULL AND d.ended_at IS NULL AND d.state <> 'voided'`

export interface DueDossier {
  readonly id: number
  readonly code: string | null
  readonly dueOn: string
}

/** Pending dossiers of these officers whose due moment lies in `[from, to)` and whose clock runs, earliest first. */
export function dueOf(
  db: Db,
  query: { readonly officerIds: readonly number[]; readonly from: number; readonly to: number },
): readonly DueDossier[] {
  const { officerIds, from, to } = query
  return prepared<DueDossier>(
    db,
    `SELECT d.id, d.code, d.due_on AS dueOn FROM dossiers d INDEXED BY dossiers_assigned
       WHERE ${MINE} AND d.due_at >= @from AND d.due_at < @to AND d.paused_since IS NULL
       ORDER BY d.due_at, d.id LIMIT ${AT_MOST}`,
  ).all({ officers: JSON.stringify(officerIds), from, to })
}

export interface Movement {
  readonly id: number
  readonly code: string | null
  readonly act: Act
  readonly recordedAt: number
}

/** What others did since `since` that brings pending dossiers to these officers: given, sent back, answered, reopened. Newest first. */
export function movementsOf(
  db: Db,
  query: { readonly officerIds: readonly number[]; readonly me: number; readonly since: number },
): readonly Movement[] {
  const { officerIds, me, since } = query
  return prepared<Movement>(
    db,
    `SELECT d.id, d.code, e.act, e.recorded_at AS recordedAt
       FROM dossiers d INDEXED BY dossiers_assigned CROSS JOIN events e INDEXED BY events_seq ON e.dossier_id = d.id
       WHERE ${MINE} AND e.recorded_at > @since AND e.actor_id IS NOT @me
         AND (e.act IN ('return_from_signature', 'supply_supplement', 'reopen')
           OR json_extract(e.changes, '$.assigneeId') = d.assignee_id)
       ORDER BY e.recorded_at DESC LIMIT ${AT_MOST}`,
  ).all({ officers: JSON.stringify(officerIds), me, since })
}

export interface DecidedRequest {
  readonly id: number
  readonly dossierId: number | null
  readonly code: string | null
  readonly status: 'approved' | 'rejected'
  readonly decidedAt: number
}

/** Requests of this officer that somebody else decided since, newest first. */
export function decidedFor(db: Db, officerId: number, since: number): readonly DecidedRequest[] {
  return prepared<DecidedRequest>(
    db,
    `SELECT r.id, r.dossier_id AS dossierId, d.code, r.status, r.decided_at AS decidedAt
       FROM correction_requests r LEFT JOIN dossiers d ON d.id = r.dossier_id
       WHERE r.id > (SELECT max(id) FROM correction_requests) - ${REQUESTS_LOOKED_AT}
         AND r.requested_by = @me AND r.decided_at > @since AND r.decided_by IS NOT @me
       ORDER BY r.decided_at DESC`,
  ).all({ me: officerId, since })
}

export interface WaitingFolders {
  readonly n: number
  /** How many of them were sent since. */
  readonly fresh: number
}

/** Paper folders on their way to these units, or to these officers of them, that nobody has acknowledged. */
export function foldersWaiting(
  db: Db,
  query: {
    readonly unitIds: readonly number[]
    readonly officerIds: readonly number[]
    readonly since: number
  },
): WaitingFolders {
  return prepared<WaitingFolders>(
    db,
    `SELECT count(*) AS n, coalesce(sum(f.sent_at > @since), 0) AS fresh
       FROM hand_over_folders f INDEXED BY hand_over_folders_open CROSS JOIN hand_overs h ON h.id = f.hand_over_id
       WHERE f.to_unit_id IN (SELECT value FROM json_each(@units)) AND f.received_at IS NULL AND f.recalled_at IS NULL
         AND (h.to_officer_id IS NULL OR h.to_officer_id IN (SELECT value FROM json_each(@officers)))`,
  ).get({
    units: JSON.stringify(query.unitIds),
    officers: JSON.stringify(query.officerIds),
    since: query.since,
  }) as WaitingFolders
}

export interface FailedOfUnit {
  readonly detail: string
  readonly raisedAt: number
}

/** The open alarms about messages of these units, by their keys. */
export function failedMessageAlarms(db: Db, unitKeys: readonly string[]): readonly FailedOfUnit[] {
  return prepared<FailedOfUnit>(
    db,
    `SELECT detail, raised_at AS raisedAt FROM alarms INDEXED BY alarms_open
       WHERE kind = 'message_failed' AND subject IN (SELECT value FROM json_each(?)) AND cleared_at IS NULL
       ORDER BY raised_at`,
  ).all(JSON.stringify(unitKeys))
}
