import type { StoredDossier } from '../../db/queries/dossiers.ts'
import type { Seen } from '../../db/queries/seen.ts'
import { type Catalogue, catalogueOf, type ProcedureVersion, versionBy } from '../catalogue/catalogue.ts'
import { unitName } from '../catalogue/unit-choices.ts'
import type { Actor, Deps } from '../deps.ts'
import { type LocalDay, localDayOf } from '../domain/calendar/day.ts'
import { unitByMap } from '../domain/counting/unit-map.ts'
import { RuleError } from '../domain/refusals.ts'
import { absentOn, postsOn } from './posts.ts'

/**
 * The units whose dossiers somebody may see today: those of their posts with everything below, and the units that have
 * become one of these. Null: all there are.
 */
export function seenUnits(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  actor: Actor,
): ReadonlySet<number> | null {
  if (actor.officerId === null || actor.roles?.includes('auditor')) return null
  const catalogue = catalogueOf(db)
  const today = localDayOf(clock.now())
  return sightOf(catalogue, actor.officerId, today).units
}

/**
 * The same for whole dossiers: with those assigned to them or to whoever they stand in for, and those of the procedures
 * in which a unit of theirs has a step. Null: all there are.
 */
export function seenDossiers(deps: Pick<Deps, 'db' | 'clock'>, actor: Actor): Seen | null {
  const units = seenUnits(deps, actor)
  if (units === null || actor.officerId === null) return null
  const catalogue = catalogueOf(deps.db)
  const today = localDayOf(deps.clock.now())
  const { procedureVersionIds, isEverything } = sightOf(catalogue, actor.officerId, today)
  if (isEverything) return null
  const officerIds = [actor.officerId, ...absentOn(catalogue, actor.officerId, today)]
  return { unitIds: [...units], officerIds, procedureVersionIds }
}

interface Sight {
  readonly units: ReadonlySet<number>
  readonly procedureVersionIds: readonly number[]
  readonly isEverything: boolean
}

const kept = new WeakMap<Catalogue, Map<string, Sight>>()

/** Kept for each officer and day while the reference data stay as they are: every page asks. */
function sightOf(catalogue: Catalogue, officerId: number, today: LocalDay): Sight {
  const ofCatalogue = kept.getOrInsertComputed(catalogue, () => new Map<string, Sight>())
  return ofCatalogue.getOrInsertComputed(`${officerId} ${today}`, () => {
    const roots = postsOn(catalogue, officerId, today).map(({ unitId }) => unitId)
    const covered = new Set(roots)
    const isUnder = (unitId: number) => unitsAbove(catalogue, unitId, today).some((id) => covered.has(id))
    const ids = catalogue.units.map(({ id }) => id)
    const units = new Set(ids.filter((id) => isUnder(id) || isUnder(unitByMap(catalogue.lineage, id, today))))
    const hasStep = ({ steps }: ProcedureVersion) =>
      steps.some((step) => units.has(catalogue.unitByKey.get(step.actor)?.id ?? 0))
    const versions = [...catalogue.procedureVersionById.values()].filter(hasStep)
    const procedureVersionIds = versions.map(({ id }) => id)
    return { units, procedureVersionIds, isEverything: units.size === ids.length }
  })
}

/** The unit and those above it, in the words of `day`. */
export function unitsAbove({ unitById }: Catalogue, unitId: number, day: LocalDay): readonly number[] {
  const above: number[] = []
  for (let id: number | null | undefined = unitId; id != null && !above.includes(id); ) {
    above.push(id)
    id = versionBy(unitById.get(id)?.versions ?? [], day)?.parentUnitId
  }
  return above
}

type Held = Pick<
  StoredDossier,
  'unitId' | 'receivingUnitId' | 'holderUnitId' | 'assigneeId' | 'procedureVersionId'
>

/**
 * Whether somebody may see a dossier: one that a unit of theirs received, resolves, holds or has a step in, or that is
 * assigned to them or to whoever they stand in for. What was handed over follows.
 */
export function maySee(deps: Pick<Deps, 'db' | 'clock'>, actor: Actor, dossier: Held): boolean {
  const seen = seenDossiers(deps, actor)
  if (seen === null) return true
  const { unitId, receivingUnitId, holderUnitId, assigneeId, procedureVersionId } = dossier
  return (
    [unitId, receivingUnitId, holderUnitId].some((id) => seen.unitIds.includes(id)) ||
    (assigneeId !== null && seen.officerIds.includes(assigneeId)) ||
    seen.procedureVersionIds.includes(procedureVersionId)
  )
}

/** Refuses (`dossier_elsewhere`) who may not see it, with the unit to ask. */
export function mustSee(deps: Pick<Deps, 'db' | 'clock'>, actor: Actor, dossier: Held): void {
  if (maySee(deps, actor, dossier)) return
  const unit = catalogueOf(deps.db).unitById.get(dossier.receivingUnitId)
  throw new RuleError('dossier_elsewhere', { unit: unitName(unit, localDayOf(deps.clock.now())) })
}
