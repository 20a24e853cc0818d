import { type Catalogue, type Membership, type Substitution, versionOn } from '../catalogue/catalogue.ts'
import { type Instant, type LocalDay, localDayOf } from '../domain/calendar/day.ts'
import { unitByMap } from '../domain/counting/unit-map.ts'

/** A post an officer may act by. */
export interface Post extends Membership {
  /** Whose post it is where they only stand in for somebody; null: their own. */
  readonly onBehalfOfId: number | null
}

/**
 * The posts an officer holds on `day`: their own, then those of whoever they stand in for that day. Whoever holds none
 * of their own has left, and stands in for nobody.
 */
export function postsOn(catalogue: Catalogue, officerId: number, day: LocalDay): readonly Post[] {
  return postsFor(catalogue, officerId, day, substitutionsOn(catalogue, officerId, day))
}

/**
 * The posts by which an officer does at `now` what is dated `day`: those they hold now, their own and those of whoever
 * they stand in for now. What was held then gives nothing any more. Only of a unit that is no more, whose people nobody
 * follows in it, those who belonged to it on that day speak for it still, in the roles they hold now.
 */
export function postsForAct(
  catalogue: Catalogue,
  officerId: number,
  { day, now }: { readonly day: LocalDay; readonly now: Instant },
): readonly Post[] {
  const today = localDayOf(now)
  const posts = postsFor(catalogue, officerId, today, substitutionsOf(catalogue, officerId, now))
  const holders = new Set(posts.map((post) => post.officerId))
  const gone = new Map([...holders].map((id) => [id, goneUnitsOf(catalogue, id, { day, today })]))
  return posts.flatMap((post) => [
    post,
    ...(gone.get(post.officerId) ?? []).map((unitId) => ({ ...post, unitId })),
  ])
}

/** The units to which an officer belonged on `day` and that are no more today. */
function goneUnitsOf(
  catalogue: Catalogue,
  officerId: number,
  { day, today }: { readonly day: LocalDay; readonly today: LocalDay },
): readonly number[] {
  const units = new Set(heldOn(catalogue, officerId, day).map(({ unitId }) => unitId))
  return [...units].filter((id) => isGone(catalogue, id, today))
}

/** Whether a unit is no more on `day`. */
export function isGone({ unitById }: Catalogue, unitId: number, day: LocalDay): boolean {
  return versionOn(unitById.get(unitId)?.versions ?? [], day) === undefined
}

/** The officers for whom this one stands in on `day`. One that was ended gives nothing on the day of its end. */
export function absentOn(catalogue: Catalogue, officerId: number, day: LocalDay): readonly number[] {
  return substitutionsOn(catalogue, officerId, day).map(({ absentId }) => absentId)
}

function substitutionsOn(
  { substitutions }: Catalogue,
  officerId: number,
  day: LocalDay,
): readonly Substitution[] {
  return substitutions.filter(
    ({ substituteId, fromOn, toOn, endedAt }) =>
      substituteId === officerId &&
      fromOn <= day &&
      day <= toOn &&
      (endedAt === null || day < localDayOf(endedAt)),
  )
}

/** The officers for whom this one stands in at a moment: up to the moment of the end, where it was ended. */
export function absentAt(catalogue: Catalogue, officerId: number, at: Instant): readonly number[] {
  return substitutionsOf(catalogue, officerId, at).map(({ absentId }) => absentId)
}

/** By which substitutions this officer stands in for others at a moment. */
export function substitutionsOf(
  { substitutions }: Catalogue,
  officerId: number,
  at: Instant,
): readonly Substitution[] {
  return substitutions.filter((each) => each.substituteId === officerId && holdsAt(each, at))
}

/** Whether a substitution is in force at a moment. */
export function holdsAt(
  { fromOn, toOn, endedAt }: Pick<Substitution, 'fromOn' | 'toOn' | 'endedAt'>,
  at: Instant,
): boolean {
  const day = localDayOf(at)
  return fromOn <= day && day <= toOn && (endedAt === null || at < endedAt)
}

/** A substitute does not pass on what is not their own: only posts that the absent hold themselves. */
function postsFor(
  catalogue: Catalogue,
  officerId: number,
  day: LocalDay,
  substitutions: readonly Substitution[],
): readonly Post[] {
  const own = heldOn(catalogue, officerId, day).map((post) => ({ ...post, onBehalfOfId: null }))
  if (own.length === 0) return []
  const others = substitutions.flatMap((substitution) =>
    handedOn(catalogue, substitution, day).map((post) => ({ ...post, onBehalfOfId: substitution.absentId })),
  )
  return [...own, ...others]
}

/**
 * The posts that pass on `day`: of those the absent hold then, what they held on the day on which it was recorded, and
 * what became of it where a reorganisation came in between. What they were given since was handed to nobody.
 */
export function handedOn(
  catalogue: Catalogue,
  { absentId, recordedAt }: Pick<Substitution, 'absentId' | 'recordedAt'>,
  day: LocalDay,
): readonly Membership[] {
  const granted = heldOn(catalogue, absentId, localDayOf(recordedAt))
  return heldOn(catalogue, absentId, day).filter(({ role, unitId }) =>
    granted.some((post) => post.role === role && unitByMap(catalogue.lineage, post.unitId, day) === unitId),
  )
}

/** The posts of an officer's own on `day`. */
export function heldOn({ officerById }: Catalogue, officerId: number, day: LocalDay): readonly Membership[] {
  const { memberships = [] } = officerById.get(officerId) ?? {}
  return memberships.filter((post) => versionOn([post], day) !== undefined)
}
