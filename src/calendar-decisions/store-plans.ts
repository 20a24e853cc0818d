import type { Db } from '../../db/open.ts'
import { addSums, addToSums, emptySums } from '../../db/queries/cells.ts'
import type { StoredDossier } from '../../db/queries/dossiers.ts'
import { explanationId } from '../../db/queries/explanations.ts'
import {
  addOverdueSpell,
  moveDossiers,
  movePauseExpiry,
  moveStep,
  removeOverdueSpell,
} from '../../db/queries/open-dossiers.ts'
import { appendEvent } from '../../db/queries/timeline.ts'
import type { Actor } from '../deps.ts'
import type { Instant } from '../domain/calendar/day.ts'
import type { Due } from '../domain/deadlines/deadline.ts'
import { RuleError } from '../domain/refusals.ts'
import { changedFacts } from '../dossiers/store-change.ts'
import type { DossierPlan, PlannedMove } from './plan-moves.ts'

/**
 * Writes what a decision does to dossiers: rows, spells, events, and, summed first, the cells. In the caller's
 * transaction; refuses with `stale` when a row is not the one the plan was made of.
 */
export function storePlans(
  db: Db,
  plans: Iterable<DossierPlan>,
  { at, actor }: { readonly at: Instant; readonly actor: Actor },
  onMoved: (before: StoredDossier, after: StoredDossier) => void,
): void {
  const explain = explainer(db)
  const sums = emptySums()
  const rows: StoredDossier[] = []
  for (const { before, move, steps, expiries } of plans) {
    for (const { step, dueAt } of steps) moveStep(db, step, dueAt)
    for (const { pauseId, dueAt } of expiries) movePauseExpiry(db, pauseId, dueAt)
    if (move === null) continue
    const explained = move.due === undefined ? move.next.explanationId : explain(move.due)
    const after = { ...before, ...move.next, explanationId: explained }
    rows.push(after)
    storeSpell(db, before.id, move)
    appendEvent(db, before.id, {
      seq: before.version + 1,
      act: 'calendar_change',
      occurredAt: at,
      recordedAt: at,
      actorId: actor.officerId,
      onBehalfOfId: null,
      changes: JSON.stringify(changedFacts(before, after)),
    })
    addToSums(sums, move.changes)
    onMoved(before, after)
  }
  if (!moveDossiers(db, rows)) throw new RuleError('stale')
  addSums(db, sums)
}

function storeSpell(db: Db, dossierId: number, { cleared, overdueAgainFrom }: PlannedMove): void {
  if (cleared !== null) addOverdueSpell(db, dossierId, cleared.from, cleared.to)
  if (overdueAgainFrom !== undefined) removeOverdueSpell(db, dossierId, overdueAgainFrom)
}

/** Dossiers of one day and limit share their strip: each is stored, and hashed, once. */
function explainer(db: Db): (due: Due) => number {
  const known = new Map<Due['strip'], number>()
  return ({ calendarVersion, receiptDay, provisional, strip }) => {
    const id = known.get(strip) ?? explanationId(db, { calendarVersion, receiptDay, provisional, strip })
    known.set(strip, id)
    return id
  }
}
