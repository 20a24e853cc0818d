import type { LocalDay } from '../domain/calendar/day.ts'
import { type Catalogue, type Procedure, type ProcedureVersion, type Unit, versionOn } from './catalogue.ts'
import { placementOn } from './procedure-placements.ts'

export interface ReceivedProcedure {
  readonly procedure: Procedure
  readonly version: ProcedureVersion
}

/** The procedures in force on `day` that a unit takes in, by code: its own, and those of units it receives for. */
export function receivedProcedures(
  catalogue: Catalogue,
  unit: Unit,
  day: LocalDay,
): readonly ReceivedProcedure[] {
  const served = catalogue.units.filter(
    ({ id, receivingShopId }) => id === unit.id || receivingShopId === unit.id,
  )
  const servedIds = new Set(served.map(({ id }) => id))
  const levels = new Set(served.map(({ versions }) => versionOn(versions, day)?.level))
  return catalogue.procedures
    .flatMap((procedure) => {
      const version = versionOn(procedure.versions, day)
      if (version === undefined) return []
      const { resolverUnitId, level } = placementOn(procedure, day)
      const isOurs = resolverUnitId === null ? levels.has(level) : servedIds.has(resolverUnitId)
      return isOurs ? [{ procedure, version }] : []
    })
    .sort((a, b) => a.procedure.code.localeCompare(b.procedure.code))
}
