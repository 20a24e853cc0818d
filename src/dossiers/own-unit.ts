import { type Catalogue, versionBy, versionOn } from '../catalogue/catalogue.ts'
import { unitName } from '../catalogue/unit-choices.ts'
import type { Actor } from '../deps.ts'
import type { LocalDay } from '../domain/calendar/day.ts'
import type { ActorRole } from '../domain/life-cycle/acts.ts'
import { RuleError } from '../domain/refusals.ts'
import { WIDTH } from '../web/actor.ts'

/** Who asks, for a dossier of which units: those it had on the day of the act, its resolving one first. */
export interface OwnUnitQuestion {
  readonly actor: Actor
  readonly unitIds: readonly number[]
  /** Day of the act, and of its recording. */
  readonly day: LocalDay
  readonly today: LocalDay
}

/**
 * The widest role in which an officer works on a dossier: by a post in one of its units, or as head or supervisor of
 * a unit above, held on the day of the act or today. Refuses (`not_your_unit`) who holds none. Operator and system
 * are bound to no unit.
 */
export function roleFor(catalogue: Catalogue, { actor, unitIds, day, today }: OwnUnitQuestion): ActorRole {
  const { officerId, role } = actor
  if (officerId === null || role === 'operator' || role === 'system') return role
  const above = new Set(unitIds.flatMap((unitId) => unitsAbove(catalogue, unitId, day)))
  const posts = catalogue.officerById.get(officerId)?.memberships ?? []
  const own = posts.filter((post) => {
    const isHeld = versionOn([post], day) !== undefined || versionOn([post], today) !== undefined
    const leads = post.role === 'head' || post.role === 'supervisor'
    return isHeld && (unitIds.includes(post.unitId) || (leads && above.has(post.unitId)))
  })
  const widest = own.toSorted((a, b) => WIDTH[b.role] - WIDTH[a.role])[0]
  if (widest !== undefined) return widest.role
  throw new RuleError('not_your_unit', { unit: unitName(catalogue.unitById.get(unitIds[0]!), day), day })
}

function unitsAbove({ unitById }: Catalogue, unitId: number, day: LocalDay): readonly number[] {
  const above: number[] = []
  for (let id: number | null | undefined = unitId; id != null && !above.includes(id); ) {
    above.push(id)
    id = versionBy(unitById.get(id)?.versions ?? [], day)?.parentUnitId
  }
  return above
}
