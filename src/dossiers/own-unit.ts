import { must, PERMISSIONS, type Permission, refuse } from '../accounts/access.ts'
import { isGone, type Post, postsForAct } from '../accounts/posts.ts'
import type { Role } from '../accounts/roles.ts'
import { unitsAbove } from '../accounts/seen-units.ts'
import type { Catalogue } from '../catalogue/catalogue.ts'
import { unitName } from '../catalogue/unit-choices.ts'
import type { Actor } from '../deps.ts'
import { type Instant, type LocalDay, localDayOf } from '../domain/calendar/day.ts'
import type { ActorRole } from '../domain/life-cycle/acts.ts'
import { RuleError } from '../domain/refusals.ts'

/** Who asks to do what, for a dossier of which units: those it had on the day of the act, its resolving one first. */
export interface OwnUnitQuestion {
  readonly actor: Actor
  readonly permission: Permission
  readonly unitIds: readonly number[]
  /** Day of the act. */
  readonly day: LocalDay
  /** Moment of its recording. */
  readonly now: Instant
}

/** By which right somebody works on a dossier. */
export interface Standing {
  readonly role: ActorRole
  /** For whom they stand in; null: in their own right. */
  readonly onBehalfOfId: number | null
}

/** As what the holder of a post works on dossiers, and whether in the units below as well. */
const WORK = {
  counter: { role: 'counter', below: false, width: 1 },
  officer: { role: 'officer', below: false, width: 1 },
  client: { role: 'officer', below: true, width: 0 },
  appraiser: { role: 'supervisor', below: true, width: 0 },
  supervisor: { role: 'supervisor', below: true, width: 2 },
  head: { role: 'head', below: true, width: 3 },
} as const satisfies Record<
  Post['role'],
  { readonly role: ActorRole; readonly below: boolean; readonly width: number }
>

/** An actor on one dossier. */
export interface Acting extends Standing {
  readonly officerId: number | null
  readonly leave: Actor['leave']
}

export function actingOf({ officerId, leave }: Actor, standing: Standing): Acting {
  return { officerId, leave, ...standing }
}

/**
 * By which right an officer does this for one of these units: by a post there whose role the table of permissions names,
 * or as head or supervisor of a unit above, held now (`postsForAct`). One's own right counts before that of somebody
 * absent, the widest role before others. Refuses what the table gives to none of their roles there (`not_permitted`), and
 * who holds nothing there (`not_your_unit`). Operator and system are bound to no unit, nor is a role without an officer.
 */
export function standFor(catalogue: Catalogue, question: OwnUnitQuestion): Standing {
  const { actor, permission, unitIds, day, now } = question
  const { officerId, role, inTheirName } = actor
  must(actor, permission)
  if (officerId === null || role === 'operator' || role === 'system')
    return { role: role as ActorRole, onBehalfOfId: null }
  const moment = actor.askedAt ?? now
  const today = localDayOf(moment)
  const over = unitIds.flatMap((unitId) => unitsAbove(catalogue, unitId, day))
  const above = new Set(over.filter((unitId) => !isGone(catalogue, unitId, today)))
  const posts = postsForAct(catalogue, officerId, { day, now: moment }).filter(
    (post) => unitIds.includes(post.unitId) || (WORK[post.role].below && above.has(post.unitId)),
  )
  const granted: readonly Role[] = PERMISSIONS[permission].roles
  const [widest] = posts
    .filter((post) => granted.includes(post.role))
    .toSorted((a, b) => (inTheirName ? wider(a, b) || ownFirst(a, b) : ownFirst(a, b) || wider(a, b)))
  if (widest !== undefined) return { role: WORK[widest.role].role, onBehalfOfId: widest.onBehalfOfId }
  if (posts.length > 0) refuse(permission)
  const unit = unitName(catalogue.unitById.get(unitIds[0]!), day)
  throw new RuleError('not_your_unit', { unit, day: today })
}

/** By which right, as `standFor`; null: by none. */
export function standingFor(catalogue: Catalogue, question: OwnUnitQuestion): Standing | null {
  try {
    return standFor(catalogue, question)
  } catch (error) {
    if (error instanceof RuleError && (error.code === 'not_your_unit' || error.code === 'not_permitted'))
      return null
    throw error
  }
}

/** Whether `standFor` lets them: for what is shown only to who may do it. */
export function stands(catalogue: Catalogue, question: OwnUnitQuestion): boolean {
  return standingFor(catalogue, question) !== null
}

function ownFirst(a: Post, b: Post): number {
  return Number(a.onBehalfOfId !== null) - Number(b.onBehalfOfId !== null)
}

function wider(a: Post, b: Post): number {
  return WORK[b.role].width - WORK[a.role].width
}
