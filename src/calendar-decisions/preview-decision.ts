import { must } from '../accounts/access.ts'
import type { Actor, Deps } from '../deps.ts'
import type { DecisionInput } from './decision-input.ts'
import { type Effect, effectOf } from './effect.ts'
import { inSlices } from './in-slices.ts'
import { mayDecideFor } from './may-decide.ts'
import { planDecision } from './plan-decision.ts'

/** What a decision would do, dossier by dossier; nothing is written. */
export async function previewDecision(
  deps: Pick<Deps, 'db' | 'clock'>,
  actor: Actor,
  input: DecisionInput,
): Promise<Effect> {
  must(actor, 'calendar_decide')
  const plan = await inSlices(planDecision(deps, input))
  mayDecideFor(deps, actor, [...plan.decided.added, ...plan.decided.removed])
  return effectOf(plan)
}
