import type { Db } from '../../db/open.ts'
import type { StoredDossier } from '../../db/queries/dossiers.ts'
import { findPersonById } from '../../db/queries/persons.ts'
import type { Deps } from '../deps.ts'
import { RuleError } from '../domain/refusals.ts'

/** Whether the people of a dossier were taken out of it (src/privacy/erase-people.ts). */
export function isErased({ db }: Pick<Deps, 'db'>, { applicantId }: StoredDossier): boolean {
  return applicantId !== null && findPersonById(db, applicantId)?.erasedAt != null
}

/** Refuses words about a dossier whose people are gone: nobody would take them away again. */
export function checkWords(
  db: Db,
  dossier: StoredDossier,
  { reason, note }: { readonly reason?: string | undefined; readonly note?: string | undefined },
): void {
  if ((reason || note) && isErased({ db }, dossier)) throw new RuleError('dossier_erased')
}
