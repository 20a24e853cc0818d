import type { Db } from '../open.ts'
import { prepared } from '../prepared.ts'

export interface AuditEntry {
  readonly id: number
  readonly at: number
  readonly kind: string
  readonly actorId: number | null
  readonly dossierId: number | null
  /** JSON of what belongs to the kind. */
  readonly data: string
  readonly hash: Buffer
}

/** The newest entry's place in the chain; null before the first one. */
export function auditHead(db: Db): Pick<AuditEntry, 'id' | 'hash'> | null {
  const head = prepared<Pick<AuditEntry, 'id' | 'hash'>>(
    db,
    'SELECT id, hash FROM audit_entries ORDER BY id DESC LIMIT 1',
  )
  return head.get() ?? null
}

export function insertAudit(db: Db, { id, at, kind, actorId, dossierId, data, hash }: AuditEntry): void {
  prepared(
    db,
    'INSERT INTO audit_entries (id, at, kind, actor_id, dossier_id, data, hash) VALUES (?, ?, ?, ?, ?, ?, ?)',
  ).run(id, at, kind, actorId, dossierId, data, hash)
}

/** When an officer signed in last; null: never. */
export function lastSignInAt(db: Db, officerId: number): number | null {
  const last = prepared<{ at: number }>(
    db,
    `SELECT at FROM audit_entries WHERE actor_id = ? AND kind = 'signed_in' ORDER BY id DESC LIMIT 1`,
  )
  return last.get(officerId)?.at ?? null
}
