import type { StoredDossier } from '../../db/queries/dossiers.ts'
import { type Catalogue, catalogueOf, versionBy } from '../catalogue/catalogue.ts'
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
  return unitsOfPosts(catalogue, actor.officerId, today)
}

const kept = new WeakMap<Catalogue, Map<string, ReadonlySet<number>>>()

/** Kept for each officer and day while the reference data stay as they are: every page asks. */
function unitsOfPosts(catalogue: Catalogue, officerId: number, today: LocalDay): ReadonlySet<number> {
  const ofCatalogue = kept.getOrInsertComputed(catalogue, () => new Map<string, ReadonlySet<number>>())
  return ofCatalogue.getOrInsertComputed(`${officerId} ${today}`, () => {
    const roots = postsOn(catalogue, officerId, today).map(({ unitId }) => unitId)
    const covered = new Set(roots)
    const isUnder = (unitId: number) => unitsAbove(catalogue, unitId, today).some((id) => covered.has(id))
    const ids = catalogue.units.map(({ id }) => id)
    return new Set(ids.filter((id) => isUnder(id) || isUnder(unitByMap(catalogue.lineage, id, today))))
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
  const seen = seenUnits(deps, actor)
  if (seen === null) return true
  const catalogue = catalogueOf(deps.db)
  const { unitId, receivingUnitId, holderUnitId, assigneeId, procedureVersionId } = dossier
  if ([unitId, receivingUnitId, holderUnitId].some((id) => seen.has(id))) return true
  const officers = [
    actor.officerId,
    ...absentOn(catalogue, actor.officerId ?? 0, localDayOf(deps.clock.now())),
  ]
  if (assigneeId !== null && officers.includes(assigneeId)) return true
  const steps = catalogue.procedureVersionById.get(procedureVersionId)?.steps ?? []
  return steps.some((step) => seen.has(catalogue.unitByKey.get(step.actor)?.id ?? 0))
}

/** Refuses (`dossier_elsewhere`) who may not see it, with the unit to ask. */
export function mustSee(deps: Pick<Deps, 'db' | 'clock'>, actor: Actor, dossier: Held): void {
  if (maySee(deps, actor, dossier)) return
  const unit = catalogueOf(deps.db).unitById.get(dossier.receivingUnitId)
  throw new RuleError('dossier_elsewhere', { unit: unitName(unit, localDayOf(deps.clock.now())) })
}
