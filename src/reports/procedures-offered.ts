import { type Catalogue, versionOn } from '../catalogue/catalogue.ts'
import { placementOn } from '../catalogue/procedure-placements.ts'
import type { LocalDay } from '../domain/calendar/day.ts'

/** Ids of the procedures a unit resolves that are offered at level 3 or 4 on `day`. */
export function proceduresOfferedOnline(
  catalogue: Catalogue,
  unitId: number,
  day: LocalDay,
): ReadonlySet<number> {
  const unit = catalogue.unitById.get(unitId)
  const level = unit && versionOn(unit.versions, day)?.level
  const offered = catalogue.procedures.filter((procedure) => {
    const placement = placementOn(procedure, day)
    const own =
      placement.resolverUnitId === null ? placement.level === level : placement.resolverUnitId === unitId
    const onlineLevel = versionOn(procedure.versions, day)?.onlineLevel ?? 0
    return own && onlineLevel >= 3
  })
  return new Set(offered.map((procedure) => procedure.id))
}
