import type { StoredDossier } from '../../db/queries/dossiers.ts'
import type { Seen } from '../../db/queries/seen.ts'
import { type Catalogue, catalogueOf, type ProcedureVersion, versionBy } from '../catalogue/catalogue.ts'
import { unitName } from '../catalogue/unit-choices.ts'
import type { Actor, Deps } from '../deps.ts'
import { type LocalDay, localDayOf } from '../domain/calendar/day.ts'
import { unitByMap } from '../domain/counting/unit-map.ts'
import { RuleError } from '../domain/refusals.ts'
import { PERMISSIONS, type Permission } from './access.ts'
import { absentOn, postsOn } from './posts.ts'
import { INSTALLATION_ROLES, type Role } from './roles.ts'

/**
 * The units in which somebody is granted a permission today: those of the posts whose role grants it, with everything
 * below, and the units that have become one of these. Null: all there are.
 */
export function unitsGranted(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  { officerId, roles = [] }: Actor,
  permission: Permission,
): ReadonlySet<number> | null {
  const granted: readonly Role[] = PERMISSIONS[permission].roles
  const isEverywhere = INSTALLATION_ROLES.some((role) => roles.includes(role) && granted.includes(role))
  if (officerId === null || isEverywhere) return null
  return sightOf(catalogueOf(db), officerId, localDayOf(clock.now()), permission).units
}

/** The units whose dossiers somebody may see today. Null: all there are. */
export function seenUnits(deps: Pick<Deps, 'db' | 'clock'>, actor: Actor): ReadonlySet<number> | null {
  return unitsGranted(deps, actor, 'dossiers_read')
}

/** The dossiers of the units in which somebody is granted a permission, and of the procedures in which one has a step. */
export function dossiersGranted(
  deps: Pick<Deps, 'db' | 'clock'>,
  actor: Actor,
  permission: Permission,
): Seen | null {
  const units = unitsGranted(deps, actor, permission)
  if (units === null || actor.officerId === null) return null
  const today = localDayOf(deps.clock.now())
  const sight = sightOf(catalogueOf(deps.db), actor.officerId, today, permission)
  if (sight.isEverything) return null
  return { unitIds: [...units], officerIds: [], procedureVersionIds: sight.procedureVersionIds }
}

/** The dossiers somebody may see: also those assigned to them or to whoever they stand in for. Null: all there are. */
export function seenDossiers(deps: Pick<Deps, 'db' | 'clock'>, actor: Actor): Seen | null {
  const seen = dossiersGranted(deps, actor, 'dossiers_read')
  if (seen === null || actor.officerId === null) return null
  const today = localDayOf(deps.clock.now())
  return { ...seen, officerIds: [actor.officerId, ...absentOn(catalogueOf(deps.db), actor.officerId, today)] }
}

interface Sight {
  readonly units: ReadonlySet<number>
  readonly procedureVersionIds: readonly number[]
  readonly isEverything: boolean
}

const kept = new WeakMap<Catalogue, Map<string, Sight>>()

/** Kept for each officer, day and permission while the reference data stay as they are: every page asks. */
function sightOf(catalogue: Catalogue, officerId: number, today: LocalDay, permission: Permission): Sight {
  const ofCatalogue = kept.getOrInsertComputed(catalogue, () => new Map<string, Sight>())
  return ofCatalogue.getOrInsertComputed(`${officerId} ${today} ${permission}`, () => {
    const granted: readonly Role[] = PERMISSIONS[permission].roles
    const posts = postsOn(catalogue, officerId, today).filter(({ role }) => granted.includes(role))
    const covered = new Set(posts.map(({ unitId }) => unitId))
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
