import { type Catalogue, versionBy, versionOn } from '../catalogue/catalogue.ts'
import { placementOn } from '../catalogue/procedure-placements.ts'
import type { LocalDay } from '../domain/calendar/day.ts'

/**
 * Ids of the procedures a unit resolves that are offered at level 3 or 4 on `day`, or on its last one if it had closed
 * by then.
 */
export function proceduresOfferedOnline(
  catalogue: Catalogue,
  unitId: number,
  day: LocalDay,
): ReadonlySet<number> {
  const version = versionBy(catalogue.unitById.get(unitId)?.versions ?? [], day)
  const { level, validTo = null } = version ?? {}
  const on = validTo !== null && validTo < day ? validTo : day
  const offered = catalogue.procedures.filter((procedure) => {
    const placement = placementOn(procedure, on)
    const own =
      placement.resolverUnitId === null ? placement.level === level : placement.resolverUnitId === unitId
    const onlineLevel = versionOn(procedure.versions, on)?.onlineLevel ?? 0
    return own && onlineLevel >= 3
  })
  return new Set(offered.map((procedure) => procedure.id))
}
