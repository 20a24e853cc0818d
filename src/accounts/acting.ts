import { catalogueOf, versionOn } from '../catalogue/catalogue.ts'
import type { Actor, Deps } from '../deps.ts'
import { localDayOf } from '../domain/calendar/day.ts'
import { RuleError } from '../domain/refusals.ts'
import type { Permission } from './access.ts'
import { postsOn } from './posts.ts'
import type { Role } from './roles.ts'

/** Who acts with the widest of several roles where only one counts. */
const WIDTH = {
  client: 0,
  auditor: 0,
  appraiser: 0,
  administrator: 0,
  counter: 1,
  officer: 1,
  supervisor: 2,
  head: 3,
} as const satisfies Record<Role, number>

/** The officer of a key as an actor; refuses (`unknown_officer`, `no_post`) one who is unknown or holds nothing today. */
export function officerActor(deps: Pick<Deps, 'db' | 'clock'>, key: string): Actor {
  const officer = catalogueOf(deps.db).officerByKey.get(key)
  if (officer === undefined) throw new RuleError('unknown_officer', { officer: key })
  const actor = actorOfOfficer(deps, officer.id)
  if (actor === null) throw new RuleError('no_post', { name: officer.name })
  return actor
}

/** The officer as an actor, with every role held today; null for one who holds none: a stranger, or one who has left. */
export function actorOfOfficer(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  officerId: number,
  scopes?: readonly Permission[],
): Actor | null {
  const catalogue = catalogueOf(db)
  const day = localDayOf(clock.now())
  const wide = catalogue.officerById.get(officerId)?.installationRoles ?? []
  const held: readonly Role[] = [
    ...wide.filter((role) => versionOn([role], day) !== undefined).map(({ role }) => role),
    ...postsOn(catalogue, officerId, day).map(({ role }) => role),
  ]
  const roles = [...new Set(held)].sort((a, b) => WIDTH[b] - WIDTH[a])
  const [role] = roles
  if (role === undefined) return null
  return { officerId, role, roles, ...(scopes !== undefined && { scopes }) }
}
