import type { StoredDossier } from '../../db/queries/dossiers.ts'
import type { Permission } from '../accounts/access.ts'
import { type Catalogue, catalogueOf } from '../catalogue/catalogue.ts'
import type { Actor, Deps } from '../deps.ts'
import { localDayOf } from '../domain/calendar/day.ts'
import { type OwnUnitQuestion, type Standing, standFor, standingFor } from './own-unit.ts'

type Placed = Pick<StoredDossier, 'unitId' | 'receivingUnitId' | 'holderUnitId' | 'procedureVersionId'>
type Reading = Pick<Deps, 'db' | 'clock'>

/** By which right somebody does this to a dossier today; null: by none. */
export function standingOn(
  deps: Reading,
  actor: Actor,
  permission: Permission,
  dossier: Placed,
): Standing | null {
  return standingFor(catalogueOf(deps.db), asked(deps, actor, permission, dossier))
}

/** Refuses who has no right to do this to it today, as `standFor` does. */
export function mustStandOn(deps: Reading, actor: Actor, permission: Permission, dossier: Placed): Standing {
  return standFor(catalogueOf(deps.db), asked(deps, actor, permission, dossier))
}

/** Whether somebody deals with the people of a dossier: not who only watches over those who do. */
export function handles(deps: Reading, actor: Actor, dossier: Placed): boolean {
  return standingOn(deps, actor, 'dossiers_write', dossier) !== null
}

/** The resolving unit first, then those that receive it, hold it or have a step of their own in its procedure. */
export function workingUnits(catalogue: Catalogue, dossier: Placed): readonly number[] {
  const { unitId, receivingUnitId, holderUnitId, procedureVersionId } = dossier
  const steps = catalogue.procedureVersionById.get(procedureVersionId)?.steps ?? []
  return [
    ...[unitId, receivingUnitId, holderUnitId],
    ...steps.flatMap(({ actor }) => catalogue.unitByKey.get(actor)?.id ?? []),
  ]
}

function asked(
  { db, clock }: Reading,
  actor: Actor,
  permission: Permission,
  dossier: Placed,
): OwnUnitQuestion {
  const now = clock.now()
  return { actor, permission, unitIds: workingUnits(catalogueOf(db), dossier), day: localDayOf(now), now }
}
