import { type MembershipRole, rolesOf } from '../../db/queries/actors.ts'
import type { Actor, Deps } from '../deps.ts'
import { localDayOf } from '../domain/calendar/day.ts'
import { RuleError } from '../domain/refusals.ts'

/** Until there are accounts a request says who acts; only a loopback or protected address serves it. */
export const ACTOR_HEADER = 'x-motcua-officer'

const OPERATOR: Actor = { officerId: null, role: 'operator' }

/** Who holds several posts on a day acts with the widest. */
export const WIDTH = {
  counter: 1,
  officer: 1,
  supervisor: 2,
  head: 3,
  operator: 4,
} as const satisfies Record<MembershipRole, number>

/** The officer named in the header, with the role of today's memberships; the operator when none is named. */
export function actorOf(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  officerKey: string | string[] | undefined,
): Actor {
  if (officerKey === undefined || officerKey === '') return OPERATOR
  const key = String(officerKey)
  const day = localDayOf(clock.now())
  const roles = rolesOf(db, key, day)
  const first = roles[0]
  if (first === undefined) throw new RuleError('unknown_actor', { officer: key, day })
  return roles.reduce((widest, next) => (WIDTH[next.role] > WIDTH[widest.role] ? next : widest), first)
}
