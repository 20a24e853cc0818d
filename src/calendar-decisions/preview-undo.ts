import { must } from '../accounts/access.ts'
import type { Actor, Deps } from '../deps.ts'
import { inSlices } from './in-slices.ts'
import { mayDecideFor } from './may-decide.ts'
import { planUndo } from './plan-undo.ts'
import type { LeftWhy } from './since-decision.ts'

export interface UndoEffect {
  /** Dossiers that go back. */
  readonly goBack: number
  /** Dossiers that keep what the decision gave them, by reason. */
  readonly left: Readonly<Partial<Record<LeftWhy, number>>>
  /** Dossiers received since that the calendar without the decision moves. */
  readonly newcomers: number
}

/** What undoing a decision would do; nothing is written. */
export async function previewUndo(
  deps: Pick<Deps, 'db' | 'clock'>,
  actor: Actor,
  decisionId: number,
): Promise<UndoEffect> {
  must(actor, 'calendar_decide')
  const { days, moved, left, dossiers } = await inSlices(planUndo(deps, decisionId))
  mayDecideFor(deps, actor, [...days.removed, ...days.back])
  const reasons = Map.groupBy(left.values(), (why) => why)
  return {
    goBack: moved.size - left.size,
    left: Object.fromEntries([...reasons].map(([why, list]) => [why, list.length])),
    newcomers: [...dossiers.values()].filter(({ before, move }) => move !== null && !moved.has(before.id))
      .length,
  }
}
