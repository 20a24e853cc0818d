import type { Db } from '../../db/open.ts'
import { officersWithAccounts } from '../../db/queries/substitutions.ts'
import { type Catalogue, catalogueOf, type Officer, type Substitution } from '../catalogue/catalogue.ts'
import type { LocalDay } from '../domain/calendar/day.ts'
import { heldOn } from './posts.ts'
import { unitsAbove } from './seen-units.ts'

/** Who may stand in for somebody on `day`: colleagues of a unit of theirs or above it, with an account, by name. */
export function substitutesFor(db: Db, absentId: number, day: LocalDay): readonly Officer[] {
  const catalogue = catalogueOf(db)
  const withAccount = officersWithAccounts(db)
  return catalogue.officers
    .filter(({ id }) => id !== absentId && withAccount.has(id) && isNear(catalogue, id, absentId, day))
    .toSorted((a, b) => a.name.localeCompare(b.name, 'vi'))
}

/** Whether an officer holds a post in a unit of the other's, or above one. */
export function isNear(catalogue: Catalogue, officerId: number, absentId: number, day: LocalDay): boolean {
  const units = heldOn(catalogue, absentId, day).flatMap(({ unitId }) => unitsAbove(catalogue, unitId, day))
  // A program does not stand in for a person.
  return heldOn(catalogue, officerId, day).some(
    ({ role, unitId }) => role !== 'client' && units.includes(unitId),
  )
}

/** The days on which somebody's posts are handed over already, where they meet these. */
export function handedOver(
  { substitutions }: Catalogue,
  absentId: number,
  { from, to }: { readonly from: LocalDay; readonly to: LocalDay },
): Substitution | undefined {
  return substitutions.find(
    (each) => each.absentId === absentId && each.endedAt === null && each.fromOn <= to && from <= each.toOn,
  )
}
