import type { Stay, UnitStay } from '../../src/domain/counting/stays.ts'
import type { PauseRow } from '../../src/domain/life-cycle/dossier.ts'
import type { Act } from '../../src/domain/life-cycle/life-cycle.ts'
import type { Db } from '../open.ts'
import { prepared } from '../prepared.ts'

export interface TimelineEvent {
  readonly seq: number
  readonly act: Act
  readonly occurredAt: number
  readonly recordedAt: number
  readonly actorId: number | null
  /** For whom the actor stood in; null: in their own right. */
  readonly onBehalfOfId: number | null
  /** JSON of the facts the act set. */
  readonly changes: string
}

/** Adds an event to a timeline; returns its id. */
export function appendEvent(db: Db, dossierId: number, event: TimelineEvent): number {
  const insert = prepared(
    db,
    `INSERT INTO events (dossier_id, seq, act, occurred_at, recorded_at, actor_id, on_behalf_of_id, changes)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const { seq, act, occurredAt, recordedAt, actorId, onBehalfOfId, changes } = event
  const row = [dossierId, seq, act, occurredAt, recordedAt, actorId, onBehalfOfId, changes]
  return Number(insert.run(...row).lastInsertRowid)
}

/** The whole timeline, oldest first. */
export function eventsOf(db: Db, dossierId: number): readonly TimelineEvent[] {
  return prepared<TimelineEvent>(
    db,
    `SELECT seq, act, occurred_at AS occurredAt, recorded_at AS recordedAt, actor_id AS actorId,
       on_behalf_of_id AS onBehalfOfId, changes FROM events WHERE dossier_id = ? ORDER BY seq`,
  ).all(dossierId)
}

export function addText(db: Db, dossierId: number, seq: number, kind: 'note' | 'reason', text: string): void {
  prepared(db, 'INSERT INTO dossier_texts (dossier_id, seq, kind, text) VALUES (?, ?, ?, ?)').run(
    dossierId,
    seq,
    kind,
    text,
  )
}

export function textsOf(db: Db, dossierId: number): readonly { seq: number; kind: string; text: string }[] {
  return prepared<{ seq: number; kind: string; text: string }>(
    db,
    'SELECT seq, kind, text FROM dossier_texts WHERE dossier_id = ? ORDER BY seq, id',
  ).all(dossierId)
}

export function pausesOf(db: Db, dossierId: number): readonly PauseRow[] {
  return prepared<PauseRow>(
    db,
    `SELECT kind, policy, from_at AS fromAt, to_at AS toAt, due_at AS dueAt
       FROM pauses WHERE dossier_id = ? ORDER BY from_at, id`,
  ).all(dossierId)
}

export function openPause(db: Db, dossierId: number, pause: Omit<PauseRow, 'toAt'>): void {
  prepared(db, 'INSERT INTO pauses (dossier_id, kind, policy, from_at, due_at) VALUES (?, ?, ?, ?, ?)').run(
    dossierId,
    pause.kind,
    pause.policy,
    pause.fromAt,
    pause.dueAt,
  )
}

export function closePause(db: Db, dossierId: number, at: number): void {
  prepared(db, 'UPDATE pauses SET to_at = ? WHERE dossier_id = ? AND to_at IS NULL').run(at, dossierId)
}

export function staysOf(db: Db, dossierId: number): readonly Stay[] {
  return prepared<Stay>(
    db,
    'SELECT from_on AS "from", officer_id AS officerId FROM dossier_stays WHERE dossier_id = ? ORDER BY from_on',
  ).all(dossierId)
}

export function replaceStays(db: Db, dossierId: number, stays: readonly Stay[]): void {
  prepared(db, 'DELETE FROM dossier_stays WHERE dossier_id = ?').run(dossierId)
  const insert = prepared(db, 'INSERT INTO dossier_stays (dossier_id, from_on, officer_id) VALUES (?, ?, ?)')
  for (const stay of stays) insert.run(dossierId, stay.from, stay.officerId)
}

/** The units a dossier belonged to, oldest first; empty while it never moved. */
export function unitStaysOf(db: Db, dossierId: number): readonly UnitStay[] {
  return prepared<UnitStay>(
    db,
    `SELECT from_on AS "from", unit_id AS unitId, receiving_unit_id AS receivingUnitId
       FROM dossier_units WHERE dossier_id = ? ORDER BY from_on`,
  ).all(dossierId)
}

export function overdueSpellsOf(db: Db, dossierId: number): readonly { from: string; to: string }[] {
  return prepared<{ from: string; to: string }>(
    db,
    'SELECT from_on AS "from", to_on AS "to" FROM overdue_spells WHERE dossier_id = ?',
  ).all(dossierId)
}

/** The dossier has been with its units from the start. */
export function removeUnitStays(db: Db, dossierId: number): void {
  prepared(db, 'DELETE FROM dossier_units WHERE dossier_id = ?').run(dossierId)
}

/** No day is counted overdue any more because of what was judged before. */
export function removeOverdueSpells(db: Db, dossierId: number): void {
  prepared(db, 'DELETE FROM overdue_spells WHERE dossier_id = ?').run(dossierId)
}

/** The id of the event that made the row's `version`. */
export function eventIdOf(db: Db, dossierId: number, version: number): number {
  const event = prepared<{ id: number }>(db, 'SELECT id FROM events WHERE dossier_id = ? AND seq = ?')
  return event.get(dossierId, version)?.id ?? 0
}

/** Where an event stands: its dossier, and the version of the row it made. */
export function eventOf(db: Db, id: number): { readonly dossierId: number; readonly seq: number } | null {
  const event = prepared<{ dossierId: number; seq: number }>(
    db,
    'SELECT dossier_id AS dossierId, seq FROM events WHERE id = ?',
  ).get(id)
  return event ?? null
}

/** The newest event's id, 0 before the first one. */
export function newestEventId(db: Db): number {
  return prepared<{ id: number | null }>(db, 'SELECT max(id) AS id FROM events').get()?.id ?? 0
}

/** Dossiers with an event after `afterId`, up to `throughId`. */
export function dossiersWithEvents(db: Db, afterId: number, throughId: number): readonly number[] {
  return prepared<{ id: number }>(db, 'SELECT DISTINCT dossier_id AS id FROM events WHERE id > ? AND id <= ?')
    .all(afterId, throughId)
    .map((row) => row.id)
}
