import type { Db } from '../open.ts'
import { prepared } from '../prepared.ts'

export interface CorrectionRow {
  readonly id: number
  readonly dossierId: number | null
  readonly unitId: number
  readonly act: string
  /** The earliest day it changes. */
  readonly day: string
  /** Sealed; null once it is decided. */
  readonly request: Buffer | null
  readonly reason: string
  readonly requestedBy: number | null
  readonly requestedAt: number
  readonly status: 'waiting' | 'approved' | 'rejected'
  readonly decidedBy: number | null
  readonly decidedAt: number | null
  readonly decisionNote: string | null
  readonly eventId: number | null
}

const COLUMNS = `id, dossier_id AS dossierId, unit_id AS unitId, act, day, request, reason, requested_by AS requestedBy,
  requested_at AS requestedAt, status, decided_by AS decidedBy, decided_at AS decidedAt, decision_note AS decisionNote,
  event_id AS eventId`

export function insertCorrection(db: Db, row: Omit<CorrectionRow, 'id'>): number {
  const insert = prepared(
    db,
    `INSERT INTO correction_requests (dossier_id, unit_id, act, day, request, reason, requested_by, requested_at, status,
       decided_by, decided_at, decision_note, event_id)
     VALUES (@dossierId, @unitId, @act, @day, @request, @reason, @requestedBy, @requestedAt, @status,
       @decidedBy, @decidedAt, @decisionNote, @eventId)`,
  )
  return Number(insert.run(row).lastInsertRowid)
}

export function findCorrection(db: Db, id: number): CorrectionRow | null {
  return (
    prepared<CorrectionRow>(db, `SELECT ${COLUMNS} FROM correction_requests WHERE id = ?`).get(id) ?? null
  )
}

/** Requests that wait, the oldest first. */
export function waitingCorrections(db: Db): readonly CorrectionRow[] {
  return prepared<CorrectionRow>(
    db,
    `SELECT ${COLUMNS} FROM correction_requests INDEXED BY correction_requests_waiting
       WHERE status = 'waiting' ORDER BY requested_at, id`,
  ).all()
}

/** Decided since `since`, the newest first. */
export function decidedCorrections(db: Db, since: number): readonly CorrectionRow[] {
  return prepared<CorrectionRow>(
    db,
    `SELECT ${COLUMNS} FROM correction_requests WHERE decided_at >= ? ORDER BY decided_at DESC, id DESC`,
  ).all(since)
}

export interface Decision {
  readonly status: 'approved' | 'rejected'
  readonly decidedBy: number | null
  readonly decidedAt: number
  readonly decisionNote: string | null
  /** The dossier and the event it became. */
  readonly dossierId: number | null
  readonly eventId: number | null
}

/** Decides a request that still waits, and erases what it asked for. */
export function decideCorrection(db: Db, id: number, decision: Decision): void {
  prepared(
    db,
    `UPDATE correction_requests SET status = @status, decided_by = @decidedBy, decided_at = @decidedAt,
       decision_note = @decisionNote, dossier_id = coalesce(@dossierId, dossier_id), event_id = @eventId, request = NULL
     WHERE id = @id AND status = 'waiting'`,
  ).run({ id, ...decision })
}

export interface Approval {
  /** Of the event it became. */
  readonly seq: number
  readonly requestedBy: number | null
  readonly decidedBy: number | null
  readonly decidedAt: number
}

/** Which events of a dossier somebody approved, and who. */
export function approvalsOf(db: Db, dossierId: number): readonly Approval[] {
  return prepared<Approval>(
    db,
    `SELECT e.seq, r.requested_by AS requestedBy, r.decided_by AS decidedBy, r.decided_at AS decidedAt
       FROM correction_requests r INDEXED BY correction_requests_dossier JOIN events e ON e.id = r.event_id
       WHERE r.dossier_id = ? ORDER BY e.seq`,
  ).all(dossierId)
}

/** What waits about one dossier. */
export function waitingCorrectionsOf(db: Db, dossierId: number): readonly CorrectionRow[] {
  return prepared<CorrectionRow>(
    db,
    `SELECT ${COLUMNS} FROM correction_requests INDEXED BY correction_requests_dossier
       WHERE dossier_id = ? AND status = 'waiting' ORDER BY requested_at, id`,
  ).all(dossierId)
}
