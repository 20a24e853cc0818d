import { addDays, instantAt, type LocalDay } from '../../src/domain/calendar/day.ts'
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

const ENTRY = 'id, at, kind, actor_id AS actorId, dossier_id AS dossierId, data, hash'

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

/** When somebody last failed to sign in as an officer, and why where it says so; null: never. */
export function lastFailedSignIn(
  db: Db,
  officerId: number,
): { readonly at: number; readonly why: string | null } | null {
  const last = prepared<{ at: number; why: string | null }>(
    db,
    `SELECT at, data ->> 'why' AS why FROM audit_entries
       WHERE actor_id = ? AND kind = 'sign_in_failed' ORDER BY id DESC LIMIT 1`,
  )
  return last.get(officerId) ?? null
}

/** Entries after `after`, in the order of the chain, not more than `limit`. */
export function entriesAfter(db: Db, after: number, limit: number): readonly AuditEntry[] {
  return prepared<AuditEntry>(db, `SELECT ${ENTRY} FROM audit_entries WHERE id > ? ORDER BY id LIMIT ?`).all(
    after,
    limit,
  )
}

/** The last entry written before `at`, of those after `after`; `after` itself when there is none. */
export function lastEntryBefore(db: Db, after: number, at: number): number {
  return (
    prepared<{ id: number | null }>(
      db,
      'SELECT max(id) AS id FROM audit_entries WHERE id > ? AND at < ?',
    ).get(after, at)?.id ?? after
  )
}

/** The hash of an entry; null where there is none of that id. */
export function entryHash(db: Db, id: number): Buffer | null {
  return prepared<{ hash: Buffer }>(db, 'SELECT hash FROM audit_entries WHERE id = ?').get(id)?.hash ?? null
}

/** Which entries are meant; what is left out does not narrow. */
export interface EntryFilter {
  readonly kind?: string | undefined
  /** Any of these officers; `null`: nobody, the machine itself. */
  readonly actorIds?: readonly number[] | null | undefined
  readonly dossierId?: number | undefined
  /** First and last day. */
  readonly from?: LocalDay | undefined
  readonly to?: LocalDay | undefined
}

export interface EntrySlice {
  readonly entries: readonly AuditEntry[]
  /** Go on before this id; null: nothing is left. */
  readonly next: number | null
}

/** Entries looked at for one page where no index leads to those that are wanted. */
const LOOKED_AT = 100_000

/**
 * Entries of the filter before an id, newest first, by keyset. A page costs no more than it may: what looks for rare ones
 * stops after so many looked at and says where to go on.
 */
export function entriesBefore(
  db: Db,
  filter: EntryFilter,
  { before, limit }: { readonly before: number; readonly limit: number },
): EntrySlice {
  const { kind, actorIds, dossierId, from, to } = filter
  const oldest = from === undefined ? 0 : sealedBefore(db, from)
  const start = Math.min(
    before,
    (auditHead(db)?.id ?? 0) + 1,
    to === undefined ? before : sealedAfter(db, to),
  )
  const indexed = dossierId !== undefined || (actorIds !== undefined && actorIds !== null)
  const floor = indexed ? oldest : Math.max(oldest, start - LOOKED_AT - 1)
  const args = {
    ...{ start, floor, most: limit + 1 },
    ...(kind !== undefined && { kind }),
    ...(dossierId !== undefined && { dossierId }),
    ...(actorIds != null && { actorIds: actorIds.length === 1 ? actorIds[0] : JSON.stringify(actorIds) }),
    ...(from !== undefined && { fromAt: instantAt(from, 0) }),
    ...(to !== undefined && { toAt: instantAt(addDays(to, 1), 0) }),
  }
  const found = prepared<AuditEntry>(
    db,
    `SELECT ${ENTRY} FROM audit_entries WHERE id < @start AND id > @floor ${conditionsOf(filter)}
       ORDER BY id DESC LIMIT @most`,
  ).all(args)
  const entries = found.slice(0, limit)
  if (found.length > limit) return { entries, next: entries.at(-1)!.id }
  return { entries, next: floor > oldest ? floor + 1 : null }
}

function conditionsOf({ kind, actorIds, dossierId, from, to }: EntryFilter): string {
  const conditions = [
    kind === undefined ? '' : 'kind = @kind',
    dossierId === undefined ? '' : 'dossier_id = @dossierId',
    actorIds === undefined ? '' : actorsOf(actorIds),
    from === undefined ? '' : 'at >= @fromAt',
    to === undefined ? '' : 'at < @toAt',
  ]
  return conditions.map((each) => (each === '' ? '' : `AND ${each}`)).join(' ')
}

/** One officer is met in the order of the index; several are gathered. */
function actorsOf(actorIds: readonly number[] | null): string {
  if (actorIds === null) return 'actor_id IS NULL'
  return actorIds.length === 1
    ? 'actor_id = @actorIds'
    : 'actor_id IN (SELECT value FROM json_each(@actorIds))'
}

/** What was sealed before `day`: no entry up to there is of it. */
function sealedBefore(db: Db, day: LocalDay): number {
  const row = prepared<{ id: number | null }>(
    db,
    'SELECT max(last_id) AS id FROM audit_roots WHERE day < ?',
  ).get(day)
  return row?.id ?? 0
}

/** The first id after what was sealed for `day`: no entry from there on is of it. */
function sealedAfter(db: Db, day: LocalDay): number {
  const row = prepared<{ id: number | null }>(
    db,
    'SELECT min(last_id) + 1 AS id FROM audit_roots WHERE day >= ?',
  ).get(day)
  return row?.id ?? Number.MAX_SAFE_INTEGER
}
