import type { StoredDossier } from '../../db/queries/dossiers.ts'
import { findPersonById } from '../../db/queries/persons.ts'
import type { Deps } from '../deps.ts'

/** Whether the people of a dossier were taken out of it (src/privacy/erase-people.ts). */
export function isErased({ db }: Pick<Deps, 'db'>, { applicantId }: StoredDossier): boolean {
  return applicantId !== null && findPersonById(db, applicantId)?.erasedAt != null
}
