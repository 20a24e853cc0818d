import {
  type Catalogue,
  type Procedure,
  type ProcedureVersion,
  type Unit,
  type UnitVersion,
  versionOn,
} from '../catalogue/catalogue.ts'
import { placementOn } from '../catalogue/procedure-placements.ts'
import type { LocalDay } from '../domain/calendar/day.ts'
import { RuleError } from '../domain/refusals.ts'

/** The unit of `key` with its version on `day`; refuses one that is unknown, not in force, or without a shop. */
export function receivingUnit(
  catalogue: Catalogue,
  key: string,
  day: LocalDay,
): { unit: Unit; version: UnitVersion } {
  const unit = catalogue.unitByKey.get(key)
  if (unit === undefined) throw new RuleError('unknown_unit', { unit: key })
  const version = versionOn(unit.versions, day)
  if (version === undefined) throw new RuleError('unit_not_in_force', { unit: key, day })
  if (unit.kind !== 'shop' && unit.kind !== 'shop_and_resolver')
    throw new RuleError('unit_does_not_receive', { unit: version.name })
  return { unit, version }
}

/** The procedure of `code` with its version on `day`. */
export function procedureOn(
  catalogue: Catalogue,
  code: string,
  day: LocalDay,
): { procedure: Procedure; version: ProcedureVersion } {
  const procedure = catalogue.procedureByCode.get(code)
  if (procedure === undefined) throw new RuleError('unknown_procedure', { procedure: code })
  const version = versionOn(procedure.versions, day)
  if (version === undefined) throw new RuleError('procedure_not_in_force', { procedure: code, day })
  return { procedure, version }
}

/**
 * Who resolves: the unit asked for, else the procedure's own department on that day, else the unit that receives, or
 * the one unit that a mere shop receives for.
 */
export function resolvingUnit(
  catalogue: Catalogue,
  asked: string | undefined,
  procedure: Procedure,
  receiving: Unit,
  day: LocalDay,
): Unit {
  const unit =
    asked === undefined
      ? (catalogue.unitById.get(
          placementOn(procedure, day).resolverUnitId ?? servedBy(catalogue, receiving, day),
        ) as Unit)
      : catalogue.unitByKey.get(asked)
  if (unit === undefined) throw new RuleError('unknown_unit', { unit: asked ?? '' })
  const version = versionOn(unit.versions, day)
  if (version === undefined) throw new RuleError('unit_not_in_force', { unit: unit.key, day })
  if (unit.kind === 'grouping' || unit.kind === 'shop')
    throw new RuleError('unit_does_not_resolve', { unit: version.name })
  return unit
}

/** The id of the one unit in force for which a mere shop receives; of the shop itself where there are more. */
function servedBy({ units }: Catalogue, shop: Unit, day: LocalDay): number {
  if (shop.kind !== 'shop') return shop.id
  const served = units.filter(
    (unit) =>
      unit.receivingShopId === shop.id && unit.id !== shop.id && versionOn(unit.versions, day) !== undefined,
  )
  return (served.length === 1 ? served[0]! : shop).id
}

/** The officer's id for a key, null for none; refuses a key nobody has. */
export function assigneeOf(catalogue: Catalogue, key: string | undefined): number | null {
  if (key === undefined || key === '') return null
  const officer = catalogue.officerByKey.get(key)
  if (officer === undefined) throw new RuleError('unknown_officer', { officer: key })
  return officer.id
}
