import type { StoredDossier } from '../../db/queries/dossiers.ts'
import { unitStaysOf } from '../../db/queries/timeline.ts'
import { type Catalogue, catalogueOf, type ProcedureVersion } from '../catalogue/catalogue.ts'
import type { Actor, Deps } from '../deps.ts'
import { type LocalDay, localDayOf } from '../domain/calendar/day.ts'
import { unitOn } from '../domain/counting/stays.ts'
import { type Standing, standFor } from './own-unit.ts'

/** By which right somebody works on this dossier on `day`; refuses (`not_your_unit`) who has none. */
export function standOn(
  deps: Pick<Deps, 'db' | 'clock'>,
  actor: Actor,
  dossier: StoredDossier,
  day: LocalDay,
): Standing {
  const catalogue = catalogueOf(deps.db)
  const unitIds = unitsOn(deps, dossier, day)
  return standFor(catalogue, { actor, unitIds, day, today: localDayOf(deps.clock.now()) })
}

/** The units whose people work on a dossier on `day`: the resolving one first, those with a step of their own last. */
export function unitsOn({ db }: Pick<Deps, 'db'>, dossier: StoredDossier, day: LocalDay): readonly number[] {
  const catalogue = catalogueOf(db)
  const version = catalogue.procedureVersionById.get(dossier.procedureVersionId) as ProcedureVersion
  const { unitId, receivingUnitId, holderUnitId } = placeOn({ db }, dossier, day)
  return [unitId, receivingUnitId, holderUnitId, ...stepUnits(catalogue, version)]
}

/** Where the dossier was on `day`: what is dated before a reorganisation is its old unit's doing, under its code. */
export function placeOn({ db }: Pick<Deps, 'db'>, dossier: StoredDossier, day: LocalDay) {
  if (dossier.unitSince === null || day >= dossier.unitSince) return dossier
  const { unitId, receivingUnitId } = unitOn(dossier, unitStaysOf(db, dossier.id), day)
  return { unitId, receivingUnitId, holderUnitId: unitId }
}

/** Units that have a step of their own in an inter-agency procedure. */
function stepUnits({ unitByKey }: Catalogue, { steps }: ProcedureVersion): readonly number[] {
  return steps.flatMap(({ actor }) => unitByKey.get(actor)?.id ?? [])
}
