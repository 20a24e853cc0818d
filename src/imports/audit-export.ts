import { recordAudit } from '../audit/record-audit.ts'
import type { Actor, Deps } from '../deps.ts'

export interface Exported {
  readonly what: 'register' | 'register_book' | 'calendar_moves' | 'calendar_preview'
  readonly format: string
  readonly rows: number
  /** Null: all there are. */
  readonly unitIds: readonly number[] | null
  readonly from?: string | null
  readonly to?: string | null
  /** Left out: without ID and phone numbers. */
  readonly withNumbers?: boolean
}

/** Tells the audit what leaves the installation. Run it inside a write, before anything is sent. */
export function auditExport(
  deps: Pick<Deps, 'db' | 'clock'>,
  actor: Actor,
  { unitIds, from = null, to = null, withNumbers = false, ...exported }: Exported,
): void {
  const data = { ...exported, units: unitIds ?? 'all', from, to, withNumbers }
  recordAudit(deps, { kind: 'exported', actorId: actor.officerId, data })
}
