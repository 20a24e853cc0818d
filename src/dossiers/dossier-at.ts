import type { StoredDossier } from '../../db/queries/dossiers.ts'
import { mustSee } from '../accounts/seen-units.ts'
import type { Actor, Deps } from '../deps.ts'
import { findDossier } from './act-on-dossier.ts'
import { dossierOfSlip } from './slip-numbers.ts'

/** The dossier of a code or a number. Refuses who may not see it (`dossier_elsewhere`). */
export function seenDossier(
  deps: Pick<Deps, 'db' | 'clock'>,
  actor: Actor,
  which: string | number,
): StoredDossier {
  const dossier = findDossier(deps, which)
  mustSee(deps, actor, dossier)
  return dossier
}

/**
 * The dossier an address or a scan means: its code, or `so-` and its number in this installation while it has none, or
 * the number on its slip. Refuses who may not see it (`dossier_elsewhere`).
 */
export function dossierAt(deps: Pick<Deps, 'db' | 'clock'>, actor: Actor, code: string): StoredDossier {
  return seenDossier(deps, actor, dossierOfSlip(deps.db, code)?.id ?? whichAt(code))
}

/** What the word of an address calls a dossier. */
export function whichAt(code: string): string | number {
  const number = /^so-(\d{1,15})$/.exec(code)?.[1]
  return number === undefined ? code.toUpperCase() : Number(number)
}
