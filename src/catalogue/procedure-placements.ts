import type { Db } from '../../db/open.ts'
import { listReorganisations } from '../../db/queries/reorganisations.ts'
import type { LocalDay } from '../domain/calendar/day.ts'
import type { ReorganisationPlan } from '../reorganisations/plan-schema.ts'
import type { Procedure } from './catalogue.ts'

/** Which unit resolves a procedure from a day on: `resolverUnitId` null where the unit that receives resolves it. */
export interface Placement extends Pick<Procedure, 'resolverUnitId' | 'level'> {
  readonly from: LocalDay
}

/** What reorganisations have said of procedures, by procedure code, oldest first. */
export function procedurePlacements(
  db: Db,
  unitByKey: ReadonlyMap<string, { readonly id: number }>,
): ReadonlyMap<string, readonly Placement[]> {
  const said = listReorganisations(db).flatMap(({ plan: text }) => {
    const plan = JSON.parse(text) as ReorganisationPlan
    return plan.procedures.map(({ procedure, resolver, level }) => {
      const resolverUnitId = resolver === null ? null : unitByKey.get(resolver)!.id
      return { procedure, placement: { from: plan.on, resolverUnitId, level } }
    })
  })
  const groups = Map.groupBy(said, ({ procedure }) => procedure)
  return new Map([...groups].map(([code, rows]) => [code, rows.map(({ placement }) => placement)]))
}

/** Who resolves a procedure on `day`. */
export function placementOn(procedure: Procedure, day: LocalDay): Omit<Placement, 'from'> {
  return procedure.placements.findLast(({ from }) => from <= day) ?? procedure
}
