import { type Catalogue, catalogueOf } from '../catalogue/catalogue.ts'
import { unitName } from '../catalogue/unit-choices.ts'
import type { Actor, Deps } from '../deps.ts'
import { type LocalDay, localDayOf } from '../domain/calendar/day.ts'
import { RuleError } from '../domain/refusals.ts'
import { may, must, PERMISSIONS } from './access.ts'
import { heldOn } from './posts.ts'
import type { Role } from './roles.ts'
import { unitsAbove } from './seen-units.ts'

/** First and last day. */
export interface Days {
  readonly from: LocalDay
  readonly to: LocalDay
}

/**
 * Refuses (`not_your_people`) who may not hand over the posts that `absentId` holds on these days: a person their own,
 * an administrator anybody's, and a head those of somebody all of whose posts are in units that they head in their own
 * right.
 */
export function mustHandOver(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  actor: Actor,
  absentId: number,
  days: Days,
): void {
  must(actor, 'own_account')
  if (actor.officerId === absentId || may(actor, 'accounts')) return
  must(actor, 'leave_of_unit')
  const catalogue = catalogueOf(db)
  const today = localDayOf(clock.now())
  const beyond = postBeyond(catalogue, actor, { absentId, days, today })
  if (beyond === undefined) return
  const name = catalogue.officerById.get(absentId)?.name ?? ''
  throw new RuleError('not_your_people', { name, unit: unitName(catalogue.unitById.get(beyond), today) })
}

/** Those for whom a head may today: everybody with posts in the units they head, and with no other. */
export function peopleOf(catalogue: Catalogue, actor: Actor, today: LocalDay): readonly number[] {
  if (!may(actor, 'leave_of_unit')) return []
  const days = { from: today, to: today }
  return catalogue.officers
    .filter(({ id }) => id !== actor.officerId && heldOn(catalogue, id, today).length > 0)
    .filter(({ id }) => postBeyond(catalogue, actor, { absentId: id, days, today }) === undefined)
    .map(({ id }) => id)
}

/** The unit of a post that is in no unit which the actor heads; undefined: there is none. */
function postBeyond(
  catalogue: Catalogue,
  { officerId }: Actor,
  { absentId, days, today }: { readonly absentId: number; readonly days: Days; readonly today: LocalDay },
): number | undefined {
  const heading: readonly Role[] = PERMISSIONS.leave_of_unit.roles
  const own = heldOn(catalogue, officerId ?? 0, today)
  const headed = new Set(own.filter(({ role }) => heading.includes(role)).map(({ unitId }) => unitId))
  const isHeaded = (unitId: number) => unitsAbove(catalogue, unitId, today).some((id) => headed.has(id))
  const { memberships = [] } = catalogue.officerById.get(absentId) ?? {}
  return memberships.find(
    ({ validFrom, validTo, unitId }) =>
      validFrom <= days.to && (validTo === null || days.from <= validTo) && !isHeaded(unitId),
  )?.unitId
}
