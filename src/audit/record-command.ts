import type { Deps } from '../deps.ts'
import { type AuditData, recordAudit } from './record-audit.ts'

/** What whoever sits at the machine did with the command line, where no operation says it itself. */
export function recordCommand(
  deps: Pick<Deps, 'db' | 'clock'>,
  command: 'close' | 'recount_repair' | 'key_give_up' | 'renew_roots' | 'restore' | 'upgrade',
  data: AuditData = {},
): void {
  recordAudit(deps, { kind: 'operated', actorId: null, data: { command, ...data } })
}
