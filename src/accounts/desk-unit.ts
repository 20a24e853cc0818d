import { type Catalogue, catalogueOf, type Unit, versionOn } from '../catalogue/catalogue.ts'
import { unitName } from '../catalogue/unit-choices.ts'
import type { Actor, Deps } from '../deps.ts'
import { type LocalDay, localDayOf } from '../domain/calendar/day.ts'
import { RuleError } from '../domain/refusals.ts'
import type { Choice } from '../web/controls.ts'
import type { Permission } from './access.ts'
import { postsOn } from './posts.ts'
import { unitsGranted } from './seen-units.ts'

/** The unit a page of the desk is about, and those one may choose instead. */
export interface DeskUnit {
  readonly unit: Unit | undefined
  readonly choices: readonly Choice[]
}

/**
 * The unit asked for, if somebody may see it; else that of their first post. `kinds`: which units have such a desk;
 * `permission`: what lets them see it.
 */
export function deskUnit(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  actor: Actor,
  asked: string | undefined,
  kinds: ReadonlySet<Unit['kind']>,
  permission: Permission = 'dossiers_read',
): DeskUnit {
  const catalogue = catalogueOf(db)
  const today = localDayOf(clock.now())
  const seen = unitsGranted({ db, clock }, actor, permission)
  const units = workingUnits(catalogue, today).filter(
    ({ id, kind }) => kinds.has(kind) && (seen?.has(id) ?? true),
  )
  const posts = actor.officerId === null ? [] : postsOn(catalogue, actor.officerId, today)
  const own = posts.map(({ unitId }) => units.find(({ id }) => id === unitId)).find(Boolean)
  const unit = asked === undefined || asked === '' ? own : units.find(({ key }) => key === asked)
  return { unit, choices: byName(units, today) }
}

/** The unit with this key, or that of somebody's first post. Refuses (`unknown_unit`, `no_own_unit`) where there is none. */
export function ownUnit(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  { officerId }: Actor,
  key: string | undefined,
): Unit {
  const catalogue = catalogueOf(db)
  if (key !== undefined && key !== '') {
    const unit = catalogue.unitByKey.get(key)
    if (unit === undefined) throw new RuleError('unknown_unit', { unit: key })
    return unit
  }
  const [post] = officerId === null ? [] : postsOn(catalogue, officerId, localDayOf(clock.now()))
  const unit = post && catalogue.unitById.get(post.unitId)
  if (unit === undefined) throw new RuleError('no_own_unit')
  return unit
}

/** Units at work on `day`; groups of units have no desk. */
export function workingUnits({ units }: Catalogue, day: LocalDay): readonly Unit[] {
  return units.filter(({ kind, versions }) => kind !== 'grouping' && versionOn(versions, day) !== undefined)
}

/** For a choice, in alphabetical order. */
export function byName(units: readonly Unit[], day: LocalDay): readonly Choice[] {
  return units
    .map((unit) => ({ key: unit.key, name: unitName(unit, day) }))
    .sort((a, b) => a.name.localeCompare(b.name, 'vi'))
}
