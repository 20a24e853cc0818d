import type { Db } from '../../db/open.ts'
import { type AuditEntry, entriesAfter } from '../../db/queries/audit.ts'
import { eventRowsOf } from '../../db/queries/audit-events.ts'
import { findDossierById } from '../../db/queries/dossiers.ts'
import { moment } from '../web/formats.ts'
import { eventDigest } from './event-digest.ts'
import { chained, NO_HASH } from './record-audit.ts'

const AT_ONCE = 5_000

/** Where the chain was followed to, and what is wrong there. */
export interface Proof {
  /** The last entry that holds. */
  readonly through: number
  /** The first entry that does not, in words: missing, changed, or its event changed. Null: all do. */
  readonly problem: string | null
}

/** Follows the whole chain, each act to its event. Reads in slices and holds nobody up. */
export function proveChain(db: Db): Proof {
  let before: Link = { id: 0, hash: NO_HASH }
  for (;;) {
    const slice = entriesAfter(db, before.id, AT_ONCE)
    const digestOf = digestsOf(db, slice)
    for (const entry of slice) {
      const problem = faultOf(before, entry) ?? changedEvent(db, entry, digestOf)
      if (problem !== null) return { through: before.id, problem }
      before = entry
    }
    if (slice.length < AT_ONCE) return { through: before.id, problem: null }
  }
}

type Link = Pick<AuditEntry, 'id' | 'hash'>

function faultOf(before: Link, entry: AuditEntry): string | null {
  const { id, at, hash } = entry
  if (id !== before.id + 1) return `Thiếu mục số ${before.id + 1}: sau mục ${before.id} là mục ${id}.`
  return chained(before.hash, entry).equals(hash)
    ? null
    : `Mục số ${id}, ghi ${moment(at)}, không khớp mã băm: mục này hoặc mục ngay trước đã bị sửa.`
}

function changedEvent(db: Db, entry: AuditEntry, digestOf: ReadonlyMap<number, string>): string | null {
  if (entry.kind !== 'act') return null
  const { id, at, dossierId } = entry
  const { event, digest } = actIn(entry)
  const found = digestOf.get(event)
  if (found === digest) return null
  const code = dossierId === null ? null : findDossierById(db, dossierId)?.code
  const standing = found === undefined ? 'không còn' : 'khác với lúc ghi'
  return `Mục số ${id}, ghi ${moment(at)}: việc số ${event} của hồ sơ ${code ?? `#${dossierId}`} ${standing}.`
}

/** The digests of the events that a slice of the chain names. */
function digestsOf(db: Db, slice: readonly AuditEntry[]): ReadonlyMap<number, string> {
  const ids = slice.filter(({ kind }) => kind === 'act').map((entry) => actIn(entry).event)
  return new Map(eventRowsOf(db, ids).map((row) => [row[0], eventDigest(row)]))
}

/** What an entry of an act keeps of its event; an entry that somebody spoilt names none. */
function actIn({ data }: AuditEntry): { readonly event: number; readonly digest: string } {
  try {
    return JSON.parse(data)
  } catch {
    return { event: 0, digest: '' }
  }
}
