import { hash } from 'node:crypto'
import type { Db } from '../../db/open.ts'
import { type AuditEntry, auditHead, insertAudit } from '../../db/queries/audit.ts'
import type { Deps } from '../deps.ts'
import type { Instant } from '../domain/calendar/day.ts'
import type { AuditKind } from './kinds.ts'

export interface Audited {
  readonly kind: AuditKind
  /** Officer who did it; null: the system itself. */
  readonly actorId: number | null
  readonly dossierId?: number | undefined
  /** Ids, enums, dates, counts and keyed hashes; never a name, a number or a word that a person typed. */
  readonly data?: AuditData
}

export type AuditData = Readonly<
  Record<string, string | number | boolean | null | readonly (string | number)[]>
>

/** Adds an entry to the chain. Run it inside the write that does what it tells of: both are kept, or neither. */
export function recordAudit({ db, clock }: Pick<Deps, 'db' | 'clock'>, audited: Audited): void {
  appendAudit(db, clock.now(), audited)
}

/** Adds an entry of this moment. The head is read within a transaction that writes: two writers make one chain. */
export function appendAudit(db: Db, at: Instant, { kind, actorId, dossierId, data }: Audited): void {
  const append = () => {
    const head = auditHead(db)
    const entry = {
      ...{ id: (head?.id ?? 0) + 1, at, kind, actorId },
      ...{ dossierId: dossierId ?? null, data: JSON.stringify(data ?? {}) },
    }
    insertAudit(db, { ...entry, hash: chained(head?.hash ?? NO_HASH, entry) })
  }
  if (db.inTransaction) append()
  else db.transaction(append).immediate()
}

/** The hash before the first entry. */
export const NO_HASH = Buffer.alloc(32)

/** SHA-256 of the hash before and the entry: 32 bytes. */
export function chained(before: Buffer, entry: Omit<AuditEntry, 'hash'>): Buffer {
  const { id, at, kind, actorId, dossierId, data } = entry
  const text = JSON.stringify([id, at, kind, actorId, dossierId, data])
  return hash('sha256', Buffer.concat([before, Buffer.from(text)]), 'buffer')
}
