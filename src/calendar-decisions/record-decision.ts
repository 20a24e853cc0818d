import type { Writer } from '../../db/group-commit.ts'
import {
  type DecisionRow,
  findCalendarDecision,
  insertCalendarDay,
  insertCalendarVersion,
  insertDecision,
  removeCalendarDay,
} from '../../db/queries/calendar-decisions.ts'
import { insertMove } from '../../db/queries/calendar-moves.ts'
import type { StoredDossier } from '../../db/queries/dossiers.ts'
import { dossiersWithEvents, newestEventId } from '../../db/queries/timeline.ts'
import { must } from '../accounts/access.ts'
import { recordAudit } from '../audit/record-audit.ts'
import { bumpCatalogue, catalogueOf } from '../catalogue/catalogue.ts'
import type { Actor, Deps } from '../deps.ts'
import { type LocalDay, localDayOf } from '../domain/calendar/day.ts'
import { RuleError } from '../domain/refusals.ts'
import { answered, type Done, once } from '../web/idempotency.ts'
import type { DecisionInput } from './decision-input.ts'
import { effectOf } from './effect.ts'
import { inSlices } from './in-slices.ts'
import { mayDecideFor } from './may-decide.ts'
import { type DecisionPlan, planDecision } from './plan-decision.ts'
import { type CalendarSetting, type DossierPlans, planDossiers } from './plan-moves.ts'
import { storePlans } from './store-plans.ts'

export interface RecordRequest {
  /** Fingerprint of the effect that was looked at: another effect is refused. */
  readonly previewed?: string | undefined
  readonly key?: string | undefined
}

/**
 * Records a decision on the calendar and moves every open dossier it concerns: worked out beforehand, in slices, then
 * written at once. Dossiers changed in between are worked out anew within the write; all of it happens, or nothing.
 */
export async function recordDecision(
  deps: Deps,
  writer: Writer,
  actor: Actor,
  input: DecisionInput,
  { previewed, key }: RecordRequest = {},
): Promise<Done<DecisionRow>> {
  must(actor, 'calendar_decide')
  const repeatable = { actor, operation: 'record_decision', content: input, key }
  const again = (id: number) => findCalendarDecision(deps.db, id) as DecisionRow
  const before = answered(deps, repeatable)
  if (before !== null) return { value: again(before), repeated: true }
  return inTheSameWorld(async () => {
    const plan = await inSlices(planDecision(deps, input))
    mayDecideFor(deps, actor, [...plan.decided.added, ...plan.decided.removed])
    if (previewed !== undefined && effectOf(plan).fingerprint !== previewed)
      throw new RuleError('effect_changed')
    return writer.write(() => once(deps, repeatable, () => storeDecision(deps, actor, plan), again))
  }, previewed === undefined)
}

const ATTEMPTS = 3

/** Plans made of a calendar or a day that is over by the time of the write are made anew, unless somebody saw them. */
export async function inTheSameWorld<T>(work: () => Promise<T>, mayRepeat: boolean): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work()
    } catch (error) {
      const changed = error instanceof RuleError && error.code === 'effect_changed'
      if (!changed || !mayRepeat || attempt === ATTEMPTS) throw error
    }
  }
}

/** Writes a planned decision. Run it inside a write. */
export function storeDecision(deps: Deps, actor: Actor, plan: DecisionPlan): DecisionRow {
  const { db } = deps
  const { decided, document, input, label } = plan
  refuseOtherWorld(deps, plan)
  const changed = changedSince(deps, plan.throughEvent, plan.dossiers)
  for (const { before, ...rest } of planDossiers(plan.setting, changed)) {
    plan.dossiers.set(before.id, { before, ...rest })
  }
  const at = deps.clock.now()
  const versionId = insertCalendarVersion(db, {
    label,
    document,
    decidedThrough: decided.decidedThrough,
    recordedAt: at,
  })
  for (const { id } of decided.removed) removeCalendarDay(db, id, versionId)
  for (const day of decided.added) insertCalendarDay(db, { ...day, provisional: 0 }, versionId)
  bumpCatalogue(db)
  const row = { title: input.title, document, versionId, recordedAt: at, actorId: actor.officerId }
  const id = insertDecision(db, row)
  storePlans(db, plan.dossiers.values(), { at, actor }, (before, after) =>
    insertMove(db, id, moveOf(before, after)),
  )
  const stored = findCalendarDecision(db, id) as DecisionRow
  const data = { decision: id, what: 'recorded', moved: stored.moved }
  recordAudit(deps, { kind: 'calendar_decided', actorId: actor.officerId, data })
  return stored
}

/** A plan rests on one calendar and one day; on another it must be made anew. */
export function refuseOtherWorld(
  { db, clock }: Deps,
  { setting, today }: { readonly setting: CalendarSetting; readonly today: LocalDay },
): void {
  const same = catalogueOf(db).version === setting.catalogue.version && localDayOf(clock.now()) === today
  if (!same) throw new RuleError('effect_changed')
}

/** Dossiers with an event the plan does not know; what it says of them is forgotten. */
export function changedSince({ db }: Deps, throughEvent: number, plans: DossierPlans): readonly number[] {
  const changed = dossiersWithEvents(db, throughEvent, newestEventId(db))
  for (const id of changed) plans.delete(id)
  return changed
}

/** The dates of an accepted dossier, or of a submission those of its 8 hours. */
export function moveOf(before: StoredDossier, after: StoredDossier) {
  const received = before.acceptedAt !== null
  return {
    dossierId: before.id,
    dueBefore: (received ? before.dueAt : before.receivingDueAt) as number,
    dueAfter: (received ? after.dueAt : after.receivingDueAt) as number,
    appointmentBefore: before.appointmentAt,
    appointmentAfter: after.appointmentAt,
    lateBefore: before.lateOn,
    lateAfter: after.lateOn,
  }
}
