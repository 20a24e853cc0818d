import type { Act } from '../../src/domain/life-cycle/life-cycle.ts'
import type { Db } from '../open.ts'
import { prepared } from '../prepared.ts'

/** An address that is told of dossier events. One without a secret has been removed: only its log is left. */
export interface Webhook {
  readonly id: number
  readonly label: string
  readonly url: string
  /** Sealed. */
  readonly secret: Buffer
  /** Null: all. */
  readonly acts: readonly Act[] | null
  /** Null: dossiers of all units. */
  readonly unitId: number | null
  readonly createdAt: number
  readonly pausedAt: number | null
  /** Newest event that was looked at for it. */
  readonly lastEventId: number
}

type Row = Omit<Webhook, 'acts'> & { readonly acts: string | null }

const SELECT = `SELECT id, label, url, secret, acts, unit_id AS unitId, created_at AS createdAt, paused_at AS pausedAt,
  last_event_id AS lastEventId FROM webhooks WHERE length(secret) > 0`

/** All that were not removed, oldest first. */
export function listWebhooks(db: Db): readonly Webhook[] {
  return prepared<Row>(db, `${SELECT} ORDER BY id`).all().map(fromRow)
}

export function findWebhook(db: Db, id: number): Webhook | null {
  const row = prepared<Row>(db, `${SELECT} AND id = ?`).get(id)
  return row === undefined ? null : fromRow(row)
}

export type NewWebhook = Omit<Webhook, 'id' | 'pausedAt'> & { readonly createdBy: number | null }

export function insertWebhook(db: Db, webhook: NewWebhook): number {
  const { label, url, secret, acts, unitId, createdAt, createdBy, lastEventId } = webhook
  const insert = prepared(
    db,
    `INSERT INTO webhooks (label, url, secret, acts, unit_id, created_at, created_by, last_event_id)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const told = acts === null ? null : JSON.stringify(acts)
  return Number(
    insert.run(label, url, secret, told, unitId, createdAt, createdBy, lastEventId).lastInsertRowid,
  )
}

/** Paused since `at`; null: goes on. */
export function setPaused(db: Db, id: number, at: number | null): void {
  prepared(db, 'UPDATE webhooks SET paused_at = ? WHERE id = ?').run(at, id)
}

export function setSecret(db: Db, id: number, secret: Buffer): void {
  prepared(db, 'UPDATE webhooks SET secret = ? WHERE id = ?').run(secret, id)
}

/** Goes on from `from` to `to`; false where somebody else has gone on meanwhile. */
export function advanceWebhook(db: Db, id: number, from: number, to: number): boolean {
  const advance = prepared(db, 'UPDATE webhooks SET last_event_id = ? WHERE id = ? AND last_event_id = ?')
  return advance.run(to, id, from).changes === 1
}

export interface EventAfter {
  readonly id: number
  readonly dossierId: number
  readonly seq: number
  readonly act: Act
  readonly occurredAt: number
  readonly recordedAt: number
}

/** The next events after `after`, in the order of their recording. */
export function eventsAfter(db: Db, after: number, limit: number): readonly EventAfter[] {
  return prepared<EventAfter>(
    db,
    `SELECT id, dossier_id AS dossierId, seq, act, occurred_at AS occurredAt, recorded_at AS recordedAt
       FROM events WHERE id > ? ORDER BY id LIMIT ?`,
  ).all(after, limit)
}

function fromRow({ acts, ...row }: Row): Webhook {
  return { ...row, acts: acts === null ? null : (JSON.parse(acts) as readonly Act[]) }
}
