import { findDossierByCode } from '../../db/queries/dossiers.ts'
import { findPersonById, type PersonRow } from '../../db/queries/persons.ts'
import { openSitting } from '../../db/queries/sittings.ts'
import type { Deps } from '../deps.ts'
import type { LocalDay } from '../domain/calendar/day.ts'
import { RuleError } from '../domain/refusals.ts'

interface Joining {
  readonly receivingUnitId: number
  readonly applicantId: number
  readonly day: LocalDay
}

/**
 * The id of the sitting that a new dossier joins: that of the dossier with this code, which is marked as its first if
 * it was alone. Null without a code. Refuses (`not_same_sitting`) another person, shop or day. Run it inside a write.
 */
export function sittingOf({ db }: Deps, code: string | undefined, joining: Joining): number | null {
  if (code === undefined) return null
  const first = findDossierByCode(db, code)
  if (first === null) throw new RuleError('unknown_dossier', { dossier: code })
  const isSame =
    first.receivingUnitId === joining.receivingUnitId &&
    first.acceptedOn === joining.day &&
    isSamePerson(findPersonById(db, first.applicantId ?? 0), findPersonById(db, joining.applicantId))
  if (!isSame) throw new RuleError('not_same_sitting', { code })
  if (first.sittingId != null) return first.sittingId
  openSitting(db, first.id)
  return first.id
}

/** By the ID number where both have one, else by name and year of birth. */
function isSamePerson(a: PersonRow | null, b: PersonRow | null): boolean {
  if (a === null || b === null) return false
  if (a.idNumberHash !== null && b.idNumberHash !== null) return a.idNumberHash.equals(b.idNumberHash)
  return a.nameFolded === b.nameFolded && a.birthYear === b.birthYear
}
