import { findDossierByCode, findDossierById, type StoredDossier } from '../../db/queries/dossiers.ts'
import type { Deps } from '../deps.ts'
import { RuleError } from '../domain/refusals.ts'

/** The dossier an address means: its code, or `so-` and its number in this installation while it has none. */
export function dossierAt({ db }: Pick<Deps, 'db'>, code: string): StoredDossier {
  const number = /^so-(\d{1,15})$/.exec(code)?.[1]
  const dossier =
    number === undefined ? findDossierByCode(db, code.toUpperCase()) : findDossierById(db, Number(number))
  if (dossier === null) throw new RuleError('unknown_dossier', { dossier: code })
  return dossier
}
