import { seenAmong } from '../../db/queries/seen.ts'
import { must } from '../accounts/access.ts'
import { seenDossiers } from '../accounts/seen-units.ts'
import type { Actor, Deps } from '../deps.ts'
import type { DecisionInput } from './decision-input.ts'
import { type Effect, effectOf } from './effect.ts'
import { inSlices } from './in-slices.ts'
import { mayDecideFor } from './may-decide.ts'
import { planDecision } from './plan-decision.ts'

/** What a decision would do: in figures to all, dossier by dossier of those the actor sees; nothing is written. */
export async function previewDecision(
  deps: Pick<Deps, 'db' | 'clock'>,
  actor: Actor,
  input: DecisionInput,
): Promise<Effect> {
  must(actor, 'calendar_decide')
  const plan = await inSlices(planDecision(deps, input))
  mayDecideFor(deps, actor, [...plan.decided.added, ...plan.decided.removed])
  return seenBy(deps, actor, effectOf(plan))
}

function seenBy(deps: Pick<Deps, 'db' | 'clock'>, actor: Actor, effect: Effect): Effect {
  const ids = [...new Set(effect.lines.map(({ dossierId }) => dossierId))]
  const seen = seenAmong(deps.db, seenDossiers(deps, actor), ids)
  return { ...effect, lines: effect.lines.filter(({ dossierId }) => seen.has(dossierId)) }
}
