import type { PauseRow } from '../../src/domain/life-cycle/dossier.ts'
import type { Db } from '../open.ts'
import { prepared } from '../prepared.ts'
import { snakeCase } from '../snake-case.ts'
import { DOSSIER_COLUMNS, fromSql, type SqlRow, type StoredDossier } from './dossiers.ts'

/** Ids of every dossier whose clock may still move: accepted and not ended, or waiting to be received. */
export function openDossierIds(db: Db): readonly number[] {
  return prepared(
    db,
    `SELECT id FROM dossiers INDEXED BY dossiers_pending WHERE accepted_at IS NOT NULL AND ended_at IS NULL
     UNION ALL SELECT id FROM dossiers INDEXED BY dossiers_to_receive WHERE state = 'submitted'`,
  )
    .pluck()
    .all() as number[]
}

/** Those of the given dossiers whose clock may still move, whole. */
export function openDossiers(db: Db, ids: readonly number[]): readonly StoredDossier[] {
  return prepared<SqlRow>(
    db,
    `SELECT ${DOSSIER_COLUMNS} FROM json_each(?) i CROSS JOIN dossiers d ON d.id = i.value
       WHERE d.ended_at IS NULL AND (d.accepted_at IS NOT NULL OR d.state = 'submitted') AND d.state <> 'voided'`,
  )
    .all(JSON.stringify(ids))
    .map((row) => fromSql(row) as StoredDossier)
}

export interface StoredPause extends PauseRow {
  readonly id: number
  readonly dossierId: number
}

/** Their pauses, oldest first. */
export function pausesOfAll(db: Db, ids: readonly number[]): ReadonlyMap<number, readonly StoredPause[]> {
  const rows = prepared<StoredPause>(
    db,
    `SELECT p.id, p.dossier_id AS dossierId, p.kind, p.policy, p.from_at AS fromAt, p.to_at AS toAt, p.due_at AS dueAt
       FROM json_each(?) i CROSS JOIN pauses p ON p.dossier_id = i.value ORDER BY p.from_at, p.id`,
  ).all(JSON.stringify(ids))
  return Map.groupBy(rows, ({ dossierId }) => dossierId)
}

export interface RunningStep {
  readonly dossierId: number
  readonly position: number
  readonly limitText: string
  readonly startedAt: number
  readonly dueAt: number
}

/** Their steps that run with a limit. */
export function runningSteps(db: Db, ids: readonly number[]): ReadonlyMap<number, readonly RunningStep[]> {
  const rows = prepared<RunningStep>(
    db,
    `SELECT s.dossier_id AS dossierId, s.position, s.limit_text AS limitText, s.started_at AS startedAt, s.due_at AS dueAt
       FROM json_each(?) i CROSS JOIN dossier_steps s ON s.dossier_id = i.value
       WHERE s.started_at IS NOT NULL AND s.ended_at IS NULL AND s.due_at IS NOT NULL AND s.limit_text IS NOT NULL`,
  ).all(JSON.stringify(ids))
  return Map.groupBy(rows, ({ dossierId }) => dossierId)
}

export function moveStep(db: Db, { dossierId, position }: RunningStep, dueAt: number): void {
  prepared(db, 'UPDATE dossier_steps SET due_at = ? WHERE dossier_id = ? AND position = ?').run(
    dueAt,
    dossierId,
    position,
  )
}

export function movePauseExpiry(db: Db, pauseId: number, dueAt: number): void {
  prepared(db, 'UPDATE pauses SET due_at = ? WHERE id = ?').run(dueAt, pauseId)
}

export interface WaitingResult {
  readonly id: number
  readonly code: string | null
  readonly unitId: number
  readonly receivingUnitId: number
  readonly appointmentAt: number
}

/** Results waiting to be handed over whose appointment is on one of these days. */
export function waitingResultsOn(db: Db, days: readonly string[]): readonly WaitingResult[] {
  return prepared<WaitingResult>(
    db,
    `SELECT id, code, unit_id AS unitId, receiving_unit_id AS receivingUnitId, appointment_at AS appointmentAt
       FROM dossiers INDEXED BY dossiers_to_return WHERE state = 'result_ready'
       AND date(appointment_at / 1000, 'unixepoch', '+7 hours') IN (SELECT value FROM json_each(?)) ORDER BY id`,
  ).all(JSON.stringify(days))
}

const MOVED = [
  'receivingDueAt',
  'receivingDueOn',
  'transferDueAt',
  'dueAt',
  'dueOn',
  'appointmentAt',
  'lateOn',
  'explanationId',
  'lastOccurredAt',
] as const satisfies readonly (keyof StoredDossier)[]

const MOVE = `UPDATE dossiers SET version = version + 1,
    ${MOVED.map((name, index) => `${snakeCase(name)} = j.value ->> ${index + 2}`).join(', ')}
  FROM json_each(?) j WHERE dossiers.id = j.value ->> 0 AND dossiers.version = j.value ->> 1`

/**
 * The dates a calendar decision moves, of many dossiers at once; says whether every row still had its version. One
 * statement, because a statement for each row costs the more the more rows went before it: within a savepoint each
 * keeps the pages it touches, since a foreign key might undo it.
 */
export function moveDossiers(db: Db, rows: readonly StoredDossier[]): boolean {
  const values = rows.map((row) => [row.id, row.version, ...MOVED.map((name) => row[name])])
  return prepared(db, MOVE).run(JSON.stringify(values)).changes === rows.length
}

export function addOverdueSpell(db: Db, dossierId: number, from: string, to: string): void {
  prepared(db, 'INSERT INTO overdue_spells (dossier_id, from_on, to_on) VALUES (?, ?, ?)').run(
    dossierId,
    from,
    to,
  )
}

export function removeOverdueSpell(db: Db, dossierId: number, from: string): void {
  prepared(db, 'DELETE FROM overdue_spells WHERE dossier_id = ? AND from_on = ?').run(dossierId, from)
}
