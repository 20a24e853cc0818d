import type { Writer } from '../../db/group-commit.ts'
import {
  type DecisionRow,
  findCalendarDecision,
  insertCalendarDay,
  insertCalendarVersion,
  markUndone,
  removeCalendarDay,
} from '../../db/queries/calendar-decisions.ts'
import { insertMove, settleMove } from '../../db/queries/calendar-moves.ts'
import { must } from '../accounts/access.ts'
import { recordAudit } from '../audit/record-audit.ts'
import { bumpCatalogue } from '../catalogue/catalogue.ts'
import type { Actor, Deps } from '../deps.ts'
import { answered, type Done, once } from '../web/idempotency.ts'
import { inSlices } from './in-slices.ts'
import { mayDecideFor } from './may-decide.ts'
import { planUndo, planUndoOf, type UndoPlan } from './plan-undo.ts'
import { changedSince, inTheSameWorld, moveOf, refuseOtherWorld } from './record-decision.ts'
import { storePlans } from './store-plans.ts'

/**
 * Takes a decision back: its days leave the calendar, and each dossier it moved goes back unless something else has
 * moved it since. Worked out beforehand, written at once. To undo this, record the decision again.
 */
export async function undoDecision(
  deps: Deps,
  writer: Writer,
  actor: Actor,
  decisionId: number,
  { key }: { readonly key?: string | undefined } = {},
): Promise<Done<DecisionRow>> {
  must(actor, 'calendar_decide')
  const repeatable = { actor, operation: 'undo_decision', content: decisionId, key }
  const again = (id: number) => findCalendarDecision(deps.db, id) as DecisionRow
  const before = answered(deps, repeatable)
  if (before !== null) return { value: again(before), repeated: true }
  return inTheSameWorld(async () => {
    const plan = await inSlices(planUndo(deps, decisionId))
    mayDecideFor(deps, actor, [...plan.days.removed, ...plan.days.back])
    return writer.write(() => once(deps, repeatable, () => storeUndo(deps, actor, plan), again))
  }, true)
}

/** Writes a planned undoing. Run it inside a write. */
export function storeUndo(deps: Deps, actor: Actor, plan: UndoPlan): DecisionRow {
  const { db } = deps
  const { decision, days, label, moved, left } = plan
  refuseOtherWorld(deps, plan)
  planUndoOf(plan, changedSince(deps, plan.throughEvent, plan.dossiers))
  const at = deps.clock.now()
  const document = `Hoàn tác: ${decision.document}`
  const versionId = insertCalendarVersion(db, {
    label,
    document,
    decidedThrough: days.decidedThrough,
    recordedAt: at,
  })
  for (const { id } of days.removed) removeCalendarDay(db, id, versionId)
  for (const day of days.back) insertCalendarDay(db, day, versionId)
  bumpCatalogue(db)
  markUndone(db, { id: decision.id, at, actorId: actor.officerId, versionId })
  for (const id of moved) settleMove(db, decision.id, id, left.has(id) ? 'left' : 'undone')
  storePlans(db, plan.dossiers.values(), { at, actor }, (before, after) => {
    if (moved.has(before.id)) return
    insertMove(db, decision.id, moveOf(before, after))
    settleMove(db, decision.id, before.id, 'left')
  })
  const data = { decision: decision.id, what: 'undone' }
  recordAudit(deps, { kind: 'calendar_decided', actorId: actor.officerId, data })
  return findCalendarDecision(db, decision.id) as DecisionRow
}
