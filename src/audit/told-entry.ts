import type { AuditEntry } from '../../db/queries/audit.ts'
import { nameOf } from '../../db/queries/audit-names.ts'
import type { Deps } from '../deps.ts'
import type { Instant } from '../domain/calendar/day.ts'
import { type Act, TRANSITIONS } from '../domain/life-cycle/life-cycle.ts'
import { capital } from '../web/formats.ts'
import { detailsOf, officerName } from './entry-details.ts'
import { AUDIT_KINDS, type AuditKind } from './kinds.ts'

/** An entry as an auditor reads it: who did what to what, and when. */
export interface ToldEntry {
  readonly id: number
  readonly at: Instant
  readonly who: string
  readonly what: string
  readonly details: string
  /** Null: it is about none. */
  readonly dossier: { readonly id: number; readonly code: string | null } | null
  /** The beginning of its hash. */
  readonly mark: string
}

const MARK_DIGITS = 8

/** Names are those of today; what was erased stays an id. */
export function toldEntry(deps: Pick<Deps, 'db' | 'clock'>, entry: AuditEntry): ToldEntry {
  const { id, at, kind, actorId, dossierId, data: text, hash } = entry
  const data = dataIn(text)
  const act = kind === 'act' ? nameOf(deps.db, 'event', Number(data['event'])) : null
  return {
    ...{ id, at },
    who: actorId === null ? nobody(kind) : officerName(deps, actorId),
    what: act === null ? labelOf(kind) : TRANSITIONS[act as Act].label,
    details: capital(detailsOf(deps, data).join(', ')),
    dossier: dossierId === null ? null : { id: dossierId, code: nameOf(deps.db, 'dossier', dossierId) },
    mark: hash.toString('hex').slice(0, MARK_DIGITS),
  }
}

/** An entry that somebody spoilt is read all the same: `verify` says that it was. */
function dataIn(text: string): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(text)
  } catch {
    return { unreadable: true }
  }
}

function labelOf(kind: string): string {
  return AUDIT_KINDS[kind as AuditKind] ?? kind
}

/** Who it is where no officer is. */
function nobody(kind: string): string {
  if (kind === 'sign_in_failed') return 'Chưa rõ'
  return kind === 'job_run' ? 'Hệ thống' : MACHINE
}

/** Whoever sits at the machine itself, or the system by itself. */
const MACHINE = 'Hệ thống, dòng lệnh'
