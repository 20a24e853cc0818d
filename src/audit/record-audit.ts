import { createHash } from 'node:crypto'
import { type AuditEntry, auditHead, insertAudit } from '../../db/queries/audit.ts'
import type { Deps } from '../deps.ts'
import type { AuditKind } from './kinds.ts'

export interface Audited {
  readonly kind: AuditKind
  /** Officer who did it; null: the system itself. */
  readonly actorId: number | null
  readonly dossierId?: number | undefined
  /** Ids, enums, dates, counts and keyed hashes; never a name, a number or a word that a person typed. */
  readonly data?: Readonly<Record<string, string | number | boolean | null | readonly (string | number)[]>>
}

/** Adds an entry to the chain. Run it inside the write that does what it tells of: both are kept, or neither. */
export function recordAudit({ db, clock }: Pick<Deps, 'db' | 'clock'>, audited: Audited): void {
  const head = auditHead(db)
  const entry = {
    id: (head?.id ?? 0) + 1,
    at: clock.now(),
    kind: audited.kind,
    actorId: audited.actorId,
    dossierId: audited.dossierId ?? null,
    data: JSON.stringify(audited.data ?? {}),
  }
  insertAudit(db, { ...entry, hash: chained(head?.hash ?? NO_HASH, entry) })
}

/** The hash before the first entry. */
export const NO_HASH = Buffer.alloc(32)

/** SHA-256 of the hash before and the entry: 32 bytes. */
export function chained(before: Buffer, entry: Omit<AuditEntry, 'hash'>): Buffer {
  const { id, at, kind, actorId, dossierId, data } = entry
  return createHash('sha256')
    .update(before)
    .update(JSON.stringify([id, at, kind, actorId, dossierId, data]))
    .digest()
}
