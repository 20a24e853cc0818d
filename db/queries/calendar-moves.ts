import type { Db } from '../open.ts'
import { prepared } from '../prepared.ts'
import { andSeen, type Seen, seenArgs } from './seen.ts'

/** What a decision did to one dossier. Of a submission waiting to be received, the dates are those of its 8 hours. */
export interface CalendarMove {
  readonly dossierId: number
  readonly dueBefore: number
  readonly dueAfter: number
  /** Null: a submission. */
  readonly appointmentBefore: number | null
  readonly appointmentAfter: number | null
  readonly lateBefore: string | null
  readonly lateAfter: string | null
}

export interface StoredMove extends CalendarMove {
  readonly undo: 'none' | 'undone' | 'left'
}

const COLUMNS = `dossier_id AS dossierId, due_before AS dueBefore, due_after AS dueAfter,
  appointment_before AS appointmentBefore, appointment_after AS appointmentAfter, late_before AS lateBefore,
  late_after AS lateAfter, undo`

export function insertMove(db: Db, decisionId: number, move: CalendarMove): void {
  prepared(
    db,
    `INSERT INTO calendar_moves (decision_id, dossier_id, due_before, due_after, appointment_before, appointment_after,
       late_before, late_after) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    decisionId,
    move.dossierId,
    move.dueBefore,
    move.dueAfter,
    move.appointmentBefore,
    move.appointmentAfter,
    move.lateBefore,
    move.lateAfter,
  )
}

/** All dossiers a decision moved. */
export function movesOf(db: Db, decisionId: number): readonly StoredMove[] {
  return prepared<StoredMove>(
    db,
    `SELECT ${COLUMNS} FROM calendar_moves WHERE decision_id = ? ORDER BY dossier_id`,
  ).all(decisionId)
}

export interface MovesQuery {
  readonly decisionId: number
  /** Only those with this outcome; null: all. */
  readonly undo: StoredMove['undo'] | null
  /** The last dossier of the page before. */
  readonly after: number
  readonly limit: number
  /** Of whoever reads it; null: all there are. */
  readonly seen: Seen | null
}

/** One page of them, by dossier. */
export function movesPage(db: Db, { seen, ...query }: MovesQuery): readonly StoredMove[] {
  return prepared<StoredMove>(
    db,
    `SELECT ${COLUMNS} FROM calendar_moves m CROSS JOIN dossiers d ON d.id = m.dossier_id
       WHERE decision_id = @decisionId AND dossier_id > @after AND (@undo IS NULL OR undo = @undo) ${andSeen(seen)}
       ORDER BY dossier_id LIMIT @limit`,
  ).all({ ...query, ...seenArgs(seen) })
}

export function settleMove(db: Db, decisionId: number, dossierId: number, undo: 'undone' | 'left'): void {
  prepared(db, 'UPDATE calendar_moves SET undo = ? WHERE decision_id = ? AND dossier_id = ?').run(
    undo,
    decisionId,
    dossierId,
  )
}

/** A decision that moved a dossier, or was undone for it, as its timeline names it. */
export interface NamedDecision {
  readonly document: string
  readonly recordedAt: number
  readonly undoneAt: number | null
}

export function decisionsOfDossier(db: Db, dossierId: number): readonly NamedDecision[] {
  return prepared<NamedDecision>(
    db,
    `SELECT d.document, d.recorded_at AS recordedAt, d.undone_at AS undoneAt
       FROM calendar_moves m JOIN calendar_decisions d ON d.id = m.decision_id WHERE m.dossier_id = ? ORDER BY d.id`,
  ).all(dossierId)
}
