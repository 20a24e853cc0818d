import type { Actor, Deps } from '../deps.ts'
import { recordAudit } from './record-audit.ts'

/** What left the installation in one file or answer: which part of it and how much; by page, API or command line. */
export interface Exported {
  readonly what:
    | 'register'
    | 'register_book'
    | 'day_register'
    | 'calendar_moves'
    | 'calendar_preview'
    | 'exchange'
    | 'audit'
  readonly by: 'page' | 'api' | 'cli'
  readonly format?: string
  /** With ID and phone numbers. */
  readonly numbers?: boolean
  /** Ids of the units whose dossiers it may hold. */
  readonly units?: readonly number[] | 'all'
  readonly from?: string | null
  readonly to?: string | null
  readonly decision?: number
  readonly after?: number
  readonly rows?: number
}

/** Says who takes what out, before the first byte leaves. Run it inside a write. */
export function recordExport(
  deps: Pick<Deps, 'db' | 'clock'>,
  { officerId }: Pick<Actor, 'officerId'>,
  exported: Exported,
): void {
  recordAudit(deps, { kind: 'exported', actorId: officerId, data: { ...exported } })
}
