import { movableCounts, unitTransfers } from '../../db/queries/unit-moves.ts'
import { catalogueOf } from '../catalogue/catalogue.ts'
import type { Deps } from '../deps.ts'
import { checkPlan } from './check-plan.ts'
import type { ReorganisationPlan } from './plan-schema.ts'
import { movedUnits } from './planned-moves.ts'
import { placeAfter } from './takeover.ts'

/** How many open dossiers go from a unit to another; `to` null: nobody has said where. */
export interface PlanFlow {
  readonly from: string
  readonly to: string | null
  readonly n: number
}

export interface PlanPreview {
  readonly plan: ReorganisationPlan
  readonly flows: readonly PlanFlow[]
  readonly undecided: number
}

/**
 * What a plan would do to the dossiers that are open now, unit by unit, before it is recorded or while its day has
 * not come. Refuses a plan that could not be recorded (`plan_does_not_hold`).
 */
export function previewPlan(deps: Pick<Deps, 'db'>, plan: ReorganisationPlan): PlanPreview {
  checkPlan(catalogueOf(deps.db), plan)
  return { plan, ...plannedFlows(deps, plan) }
}

/** The same of a plan that is recorded already. */
export function plannedFlows(
  { db }: Pick<Deps, 'db'>,
  plan: ReorganisationPlan,
): Pick<PlanPreview, 'flows' | 'undecided'> {
  const { unitByKey, unitById, procedureById, fieldById } = catalogueOf(db)
  const keyOf = (id: number) => unitById.get(id)!.key
  const unitIds = movedUnits(plan).flatMap((key) => unitByKey.get(key)?.id ?? [])
  const shopOf = (key: string) => plan.opens.find((unit) => unit.key === key)?.receivingShop ?? key
  const sums = new Map<string, PlanFlow>()
  for (const { n, ...count } of movableCounts(db, unitIds, plan.on)) {
    const procedure = procedureById.get(count.procedureId)!
    const before = {
      unit: keyOf(count.unitId),
      receiving: keyOf(count.receivingUnitId),
      holder: keyOf(count.holderUnitId),
      procedure: procedure.code,
      field: fieldById.get(procedure.fieldId)!.slug,
    }
    const { unit, holder, decided } = placeAfter(plan, before, shopOf)
    const to = count.isEnded ? holder : decided ? unit : null
    const key = `${before.unit}|${to}`
    sums.set(key, { from: before.unit, to, n: n + (sums.get(key)?.n ?? 0) })
  }
  const flows = [...sums.values()]
    .filter(({ from, to }) => from !== to)
    .sort((a, b) => (a.from < b.from ? -1 : 1))
  const undecided = flows.filter(({ to }) => to === null).reduce((sum, { n }) => sum + n, 0)
  return { flows, undecided }
}

/** What a plan that was applied did to pending dossiers, and what still waits for a unit. */
export function doneFlows(deps: Pick<Deps, 'db' | 'clock'>, plan: ReorganisationPlan): readonly PlanFlow[] {
  const { db, clock } = deps
  const { unitById } = catalogueOf(db)
  const span = { from: plan.on, to: plan.on, recordedBy: clock.now(), attribution: 'resolving' } as const
  const names = new Set(movedUnits(plan))
  const moved = unitTransfers(db, span)
    .map(({ fromUnit, toUnit, n }) => ({
      from: unitById.get(fromUnit)!.key,
      to: unitById.get(toUnit)!.key,
      n,
    }))
    .filter(({ from }) => names.has(from))
  const waiting = plannedFlows(deps, plan).flows.filter(({ to }) => to === null)
  return [...moved, ...waiting].sort((a, b) => (a.from < b.from ? -1 : 1))
}
