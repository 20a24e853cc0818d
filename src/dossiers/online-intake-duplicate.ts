import type { StoredDossier } from '../../db/queries/dossiers.ts'
import { openOfPerson, type PersonKey } from '../../db/queries/intake.ts'
import { findPersonById, type PersonRow } from '../../db/queries/persons.ts'
import { maySee } from '../accounts/seen-units.ts'
import type { Actor, Deps } from '../deps.ts'

export interface OpenDuplicate {
  readonly dossier: StoredDossier
  /** By what it was found: a name with a birth year, or a phone number, may be somebody else's. */
  readonly by: PersonKey['by']
}

/** The newest other open dossier of the same applicant about the same procedure that the asker may see. */
export function openDuplicateOf(
  deps: Pick<Deps, 'db' | 'clock'>,
  actor: Actor,
  submission: StoredDossier,
): OpenDuplicate | null {
  const person = submission.applicantId === null ? null : findPersonById(deps.db, submission.applicantId)
  const key = person === null ? null : keyOf(person)
  if (key === null) return null
  const dossier = openOfPerson(deps.db, key, submission.procedureId).find(
    (each) => each.id !== submission.id && maySee(deps, actor, each),
  )
  return dossier === undefined ? null : { dossier, by: key.by }
}

/** Who has a number is nobody else: the same name says nothing then. */
function keyOf({ idNumberHash, phoneHash, nameFolded, birthYear }: PersonRow): PersonKey | null {
  if (idNumberHash !== null) return { by: 'idNumber', hash: idNumberHash }
  if (phoneHash !== null) return { by: 'phone', hash: phoneHash }
  return nameFolded.includes(' ') && birthYear !== null ? { by: 'name', nameFolded, birthYear } : null
}
