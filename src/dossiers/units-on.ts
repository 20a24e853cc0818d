import type { StoredDossier } from '../../db/queries/dossiers.ts'
import { unitStaysOf } from '../../db/queries/timeline.ts'
import { catalogueOf } from '../catalogue/catalogue.ts'
import type { Deps } from '../deps.ts'
import type { LocalDay } from '../domain/calendar/day.ts'
import { unitOn } from '../domain/counting/stays.ts'
import { workingUnits } from './standing-on.ts'

/** The units whose people work on a dossier on `day`: the resolving one first, those with a step of their own last. */
export function unitsOn({ db }: Pick<Deps, 'db'>, dossier: StoredDossier, day: LocalDay): readonly number[] {
  const { procedureVersionId } = dossier
  const { unitId, receivingUnitId, holderUnitId } = placeOn({ db }, dossier, day)
  return workingUnits(catalogueOf(db), { unitId, receivingUnitId, holderUnitId, procedureVersionId })
}

/** Where the dossier was on `day`: what is dated before a reorganisation is its old unit's doing, under its code. */
export function placeOn({ db }: Pick<Deps, 'db'>, dossier: StoredDossier, day: LocalDay) {
  if (dossier.unitSince === null || day >= dossier.unitSince) return dossier
  const { unitId, receivingUnitId } = unitOn(dossier, unitStaysOf(db, dossier.id), day)
  return { unitId, receivingUnitId, holderUnitId: unitId }
}
