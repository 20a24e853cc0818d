import type { StoredDossier } from '../../db/queries/dossiers.ts'
import { may } from '../accounts/access.ts'
import { type Catalogue, catalogueOf } from '../catalogue/catalogue.ts'
import type { Actor, Deps } from '../deps.ts'
import { localDayOf } from '../domain/calendar/day.ts'
import { RuleError } from '../domain/refusals.ts'
import { type Standing, standFor } from './own-unit.ts'

type Placed = Pick<StoredDossier, 'unitId' | 'receivingUnitId' | 'holderUnitId' | 'procedureVersionId'>

/** By which right somebody works on a dossier today; null: by none, they only read it. */
export function standingOn(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  actor: Actor,
  dossier: Placed,
): Standing | null {
  const catalogue = catalogueOf(db)
  const today = localDayOf(clock.now())
  try {
    return standFor(catalogue, { actor, unitIds: workingUnits(catalogue, dossier), day: today, today })
  } catch (error) {
    if (error instanceof RuleError && error.code === 'not_your_unit') return null
    throw error
  }
}

/** Refuses (`not_your_unit`) who has no right to work on it today. */
export function mustStandOn(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  actor: Actor,
  dossier: Placed,
): Standing {
  const catalogue = catalogueOf(db)
  const today = localDayOf(clock.now())
  return standFor(catalogue, { actor, unitIds: workingUnits(catalogue, dossier), day: today, today })
}

/** Whether somebody deals with the people of a dossier: not who only watches over those who do. */
export function handles(deps: Pick<Deps, 'db' | 'clock'>, actor: Actor, dossier: Placed): boolean {
  if (!may(actor, 'dossiers_write')) return false
  const standing = standingOn(deps, actor, dossier)
  return standing !== null && standing.role !== 'supervisor'
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
