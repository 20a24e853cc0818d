import type { Db } from '../open.ts'
import { prepared } from '../prepared.ts'

export interface Step {
  readonly position: number
  readonly name: string
  readonly actor: string
  readonly limitText: string | null
  readonly startedAt: number | null
  readonly dueAt: number | null
  readonly endedAt: number | null
}

export function addStep(db: Db, dossierId: number, step: Step): void {
  prepared(
    db,
    `INSERT INTO dossier_steps (dossier_id, position, name, actor, limit_text, started_at, due_at, ended_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    dossierId,
    step.position,
    step.name,
    step.actor,
    step.limitText,
    step.startedAt,
    step.dueAt,
    step.endedAt,
  )
}

export function removeSteps(db: Db, dossierId: number): void {
  prepared(db, 'DELETE FROM dossier_steps WHERE dossier_id = ?').run(dossierId)
}

export function stepsOf(db: Db, dossierId: number): readonly Step[] {
  return prepared<Step>(
    db,
    `SELECT position, name, actor, limit_text AS limitText, started_at AS startedAt, due_at AS dueAt,
       ended_at AS endedAt FROM dossier_steps WHERE dossier_id = ? ORDER BY position`,
  ).all(dossierId)
}

export function updateStep(db: Db, dossierId: number, step: Step): void {
  prepared(
    db,
    'UPDATE dossier_steps SET started_at = ?, due_at = ?, ended_at = ? WHERE dossier_id = ? AND position = ?',
  ).run(step.startedAt, step.dueAt, step.endedAt, dossierId, step.position)
}
