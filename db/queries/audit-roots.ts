import type { Db } from '../open.ts'
import { prepared } from '../prepared.ts'

/** Where the audit and the events stood at the end of a day. */
export interface AuditRoot {
  /** Local day, `2023-03-09`. */
  readonly day: string
  readonly lastId: number
  /** Of the last entry. */
  readonly hash: Buffer
  readonly seal: Buffer
  readonly lastEventId: number
  /** Of the events since the root before. */
  readonly eventsHash: Buffer
  readonly recordedAt: number
}

const ROOT = `day, last_id AS lastId, hash, seal, last_event_id AS lastEventId, events_hash AS eventsHash,
  recorded_at AS recordedAt`

export function insertRoot(db: Db, root: AuditRoot): void {
  const { day, lastId, hash, seal, lastEventId, eventsHash, recordedAt } = root
  prepared(
    db,
    `INSERT INTO audit_roots (day, last_id, hash, seal, last_event_id, events_hash, recorded_at)
       VALUES (?, ?, ?, ?, ?, ?, ?)`,
  ).run(day, lastId, hash, seal, lastEventId, eventsHash, recordedAt)
}

/** Where a key was lost for good, its seals are made anew with the one at hand. */
export function setSeal(db: Db, day: string, seal: Buffer): void {
  prepared(db, 'UPDATE audit_roots SET seal = ? WHERE day = ?').run(seal, day)
}

/** All roots, the oldest first: one a day. */
export function auditRoots(db: Db): readonly AuditRoot[] {
  return prepared<AuditRoot>(db, `SELECT ${ROOT} FROM audit_roots ORDER BY day`).all()
}

/** The newest root; null before the first. */
export function lastRoot(db: Db): AuditRoot | null {
  return prepared<AuditRoot>(db, `SELECT ${ROOT} FROM audit_roots ORDER BY day DESC LIMIT 1`).get() ?? null
}
