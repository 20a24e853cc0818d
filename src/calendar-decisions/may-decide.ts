import type { Actor } from '../deps.ts'
import type { ActorRole } from '../domain/life-cycle/acts.ts'
import { RuleError } from '../domain/refusals.ts'

const DECIDE: ReadonlySet<ActorRole> = new Set(['head', 'supervisor', 'operator', 'system'])

/** Refuses who may not change the calendar: a counter or an officer. */
export function mayDecide({ role }: Actor): void {
  if (!DECIDE.has(role)) throw new RuleError('decision_not_allowed')
}
