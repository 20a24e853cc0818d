import type { StoredDossier } from '../../db/queries/dossiers.ts'
import { type Catalogue, type Procedure, type Unit, versionOn } from '../catalogue/catalogue.ts'
import { unitName } from '../catalogue/unit-choices.ts'
import type { LocalDay } from '../domain/calendar/day.ts'
import type { Right } from '../domain/life-cycle/correction.ts'
import { RuleError } from '../domain/refusals.ts'
import { receivingUnit, resolvingUnit } from './intake-place.ts'

interface Asked {
  readonly receivingUnit?: string | undefined
  readonly resolvingUnit?: string | undefined
}

interface Place {
  readonly before: Procedure
  readonly procedure: Procedure
  /** Of acceptance. */
  readonly day: LocalDay
  readonly today: LocalDay
}

type Units = Pick<Right, 'receivingUnitId' | 'unitId' | 'holderUnitId' | 'unitSince'>

/**
 * The units a dossier belongs to from acceptance. One that was resolved by whom its procedure says is resolved by whom
 * the right procedure and the right shop say. A pending dossier cannot be corrected to a unit that is no more: it is not
 * known who went on with it.
 */
export function correctedUnits(
  catalogue: Catalogue,
  dossier: StoredDossier,
  asked: Asked,
  { before, procedure, day, today }: Place,
): Units {
  const unitOf = (id: number) => catalogue.unitById.get(id) as Unit
  const { receivingUnitId, unitId, holderUnitId, unitSince } = dossier
  const same = { receivingUnitId, unitId, holderUnitId, unitSince }
  const shop =
    asked.receivingUnit === undefined
      ? unitOf(receivingUnitId)
      : receivingUnit(catalogue, asked.receivingUnit, day).unit
  const asProcedureSays = unitId === (before.resolverUnitId ?? receivingUnitId)
  const isElsewhere = shop.id !== receivingUnitId || procedure.id !== before.id
  const resolver =
    asked.resolvingUnit !== undefined || (asProcedureSays && isElsewhere)
      ? resolvingUnit(catalogue, asked.resolvingUnit, procedure, shop, day)
      : unitOf(unitId)
  if (shop.id === receivingUnitId && resolver.id === unitId) return same
  for (const unit of [shop, resolver]) {
    if (versionOn(unit.versions, dossier.endedOn ?? today) === undefined) {
      throw new RuleError('unit_moved_since', { unit: unitName(unit, day) })
    }
  }
  const holder = holderUnitId === unitId ? resolver : holderUnitId === receivingUnitId ? shop : null
  return {
    receivingUnitId: shop.id,
    unitId: resolver.id,
    holderUnitId: dossier.transferredAt === null ? shop.id : (holder?.id ?? holderUnitId),
    unitSince: null,
  }
}
