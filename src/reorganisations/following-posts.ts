import { type Catalogue, versionOn } from '../catalogue/catalogue.ts'
import { addDays, type LocalDay } from '../domain/calendar/day.ts'
import type { NewPost } from './plan-schema.ts'

/** Where the people of a closing unit go. */
export interface Follows {
  readonly from: string
  /** The unit they will belong to, and the shop where those at the counter will sit. */
  readonly to: string
  readonly shop: string
}

/**
 * The posts that follow when everybody of these units goes to their successor with the same role and title. A unit
 * has one head: that of the unit named first stays head, the others become deputies.
 */
export function followingPosts(catalogue: Catalogue, on: LocalDay, follows: readonly Follows[]): NewPost[] {
  const headed = new Set<string>()
  return follows.flatMap(({ from, to, shop }) => {
    const unitId = catalogue.unitByKey.get(from)?.id
    const posts = catalogue.officers.flatMap(({ key, memberships }) =>
      memberships
        .filter((post) => post.unitId === unitId && versionOn([post], addDays(on, -1)) !== undefined)
        .map((post) => ({ officer: key, ...post })),
    )
    return posts.map(({ officer, role, title, fieldSlugs }): NewPost => {
      const isDeputy = role === 'head' && headed.has(to)
      if (role === 'head') headed.add(to)
      return {
        officer,
        unit: role === 'counter' ? shop : to,
        role: isDeputy ? 'officer' : role,
        title: isDeputy ? 'Phó Chủ tịch UBND' : title,
        fields: [...fieldSlugs],
      }
    })
  })
}
