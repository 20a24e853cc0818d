import { type Post, postsOn } from '../accounts/posts.ts'
import { unitsAbove } from '../accounts/seen-units.ts'
import type { Catalogue } from '../catalogue/catalogue.ts'
import { unitName } from '../catalogue/unit-choices.ts'
import type { Actor } from '../deps.ts'
import type { LocalDay } from '../domain/calendar/day.ts'
import type { ActorRole } from '../domain/life-cycle/acts.ts'
import { RuleError } from '../domain/refusals.ts'

/** Who asks, for a dossier of which units: those it had on the day of the act, its resolving one first. */
export interface OwnUnitQuestion {
  readonly actor: Actor
  readonly unitIds: readonly number[]
  /** Day of the act, and of its recording. */
  readonly day: LocalDay
  readonly today: LocalDay
}

/** By which right somebody works on a dossier. */
export interface Standing {
  readonly role: ActorRole
  /** For whom they stand in; null: in their own right. */
  readonly onBehalfOfId: number | null
}

/** What the holder of a post does on dossiers, and whether in the units below as well; null: nothing. */
const WORK = {
  counter: { role: 'counter', below: false, width: 1 },
  officer: { role: 'officer', below: false, width: 1 },
  client: { role: 'officer', below: true, width: 0 },
  supervisor: { role: 'supervisor', below: true, width: 2 },
  head: { role: 'head', below: true, width: 3 },
  appraiser: null,
} as const satisfies Record<
  Post['role'],
  { readonly role: ActorRole; readonly below: boolean; readonly width: number } | null
>

/** An actor on one dossier. */
export interface Acting extends Standing {
  readonly officerId: number | null
  readonly leave: Actor['leave']
}

export function actingOf({ officerId, leave }: Actor, standing: Standing): Acting {
  return { officerId, leave, ...standing }
}

/** The role of `standFor`. */
export function roleFor(catalogue: Catalogue, question: OwnUnitQuestion): ActorRole {
  return standFor(catalogue, question).role
}

/**
 * The widest role in which an officer works on a dossier: by a post in one of its units, or as head or supervisor of
 * a unit above, held on the day of the act or today; one's own before that of somebody absent. Refuses
 * (`not_your_unit`) who holds none. Operator and system are bound to no unit, nor is a role without an officer.
 */
export function standFor(catalogue: Catalogue, { actor, unitIds, day, today }: OwnUnitQuestion): Standing {
  const { officerId, role } = actor
  if (officerId === null || role === 'operator' || role === 'system')
    return { role: role as ActorRole, onBehalfOfId: null }
  const above = new Set(unitIds.flatMap((unitId) => unitsAbove(catalogue, unitId, day)))
  const posts = [day, today].flatMap((each) => postsOn(catalogue, officerId, each))
  const own = posts.flatMap((post) => {
    const work = WORK[post.role]
    if (work === null) return []
    const isIn = unitIds.includes(post.unitId) || (work.below && above.has(post.unitId))
    return isIn ? [{ ...work, onBehalfOfId: post.onBehalfOfId }] : []
  })
  const [widest] = own.toSorted(
    (a, b) => b.width - a.width || Number(a.onBehalfOfId !== null) - Number(b.onBehalfOfId !== null),
  )
  if (widest !== undefined) return { role: widest.role, onBehalfOfId: widest.onBehalfOfId }
  throw new RuleError('not_your_unit', { unit: unitName(catalogue.unitById.get(unitIds[0]!), day), day })
}
