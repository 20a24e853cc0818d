import type { Actor } from '../../deps.ts'
import type { ActorRole } from '../../domain/life-cycle/acts.ts'
import { RuleError } from '../../domain/refusals.ts'

const KEEPERS: ReadonlySet<ActorRole> = new Set(['operator', 'head', 'supervisor'])

/** Figures and dossiers leave the house through a webhook: clerks neither see nor change any. */
export function mustKeepWebhooks({ role }: Actor): void {
  if (!KEEPERS.has(role)) throw new RuleError('webhook_keepers_only')
}
