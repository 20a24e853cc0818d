import { type Catalogue, type Membership, versionOn } from '../catalogue/catalogue.ts'
import { type LocalDay, localDayOf } from '../domain/calendar/day.ts'

/** A post an officer may act by. */
export interface Post extends Membership {
  /** Whose post it is where they only stand in for somebody; null: their own. */
  readonly onBehalfOfId: number | null
}

/** The posts an officer holds on `day`: their own, then those of whoever they stand in for that day. */
export function postsOn(catalogue: Catalogue, officerId: number, day: LocalDay): readonly Post[] {
  const own = heldOn(catalogue, officerId, day).map((post) => ({ ...post, onBehalfOfId: null }))
  const absent = absentOn(catalogue, officerId, day).flatMap((absentId) =>
    heldOn(catalogue, absentId, day).map((post) => ({ ...post, onBehalfOfId: absentId })),
  )
  return [...own, ...absent]
}

/** The officers for whom this one stands in on `day`. A substitute does not pass on what is not their own. */
export function absentOn({ substitutions }: Catalogue, officerId: number, day: LocalDay): readonly number[] {
  return substitutions
    .filter(
      ({ substituteId, fromOn, toOn, endedAt }) =>
        substituteId === officerId &&
        fromOn <= day &&
        day <= toOn &&
        (endedAt === null || day < localDayOf(endedAt)),
    )
    .map(({ absentId }) => absentId)
}

function heldOn({ officerById }: Catalogue, officerId: number, day: LocalDay): readonly Membership[] {
  const { memberships = [] } = officerById.get(officerId) ?? {}
  return memberships.filter((post) => versionOn([post], day) !== undefined)
}
