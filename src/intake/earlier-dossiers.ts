import type { StoredDossier } from '../../db/queries/dossiers.ts'
import { dossiersOfPerson, openOfPerson, type PersonKey } from '../../db/queries/intake.ts'
import { maySee } from '../accounts/seen-units.ts'
import type { Actor, Deps } from '../deps.ts'
import { fold } from '../fold.ts'
import { idDigits, isIdNumber, isPhone, phoneDigits, phoneSpellings } from '../person-numbers.ts'
import type { Typed } from '../web/forms.ts'

export interface Earlier {
  readonly dossiers: readonly StoredDossier[]
  /** By what they were found: a name with a birth year may be somebody else's. */
  readonly by: PersonKey['by']
}

const LOOKED_AT = 30

/** Dossiers of whoever is being typed, newest first, among those the asker may see: by ID number, phone, else name. */
export function earlierDossiers(deps: Deps, actor: Actor, typed: Typed): Earlier | null {
  for (const key of keysOf(deps, typed)) {
    const dossiers = dossiersOfPerson(deps.db, key, LOOKED_AT).filter((each) => maySee(deps, actor, each))
    if (dossiers.length > 0) return { dossiers, by: key.by }
  }
  return null
}

export interface Duplicate {
  readonly dossier: StoredDossier
  readonly by: PersonKey['by']
}

/** The newest open dossier of whoever is being typed about this procedure that the asker may see, however long ago. */
export function openDuplicate(deps: Deps, actor: Actor, typed: Typed, procedureId: number): Duplicate | null {
  for (const key of keysOf(deps, typed)) {
    const dossier = openOfPerson(deps.db, key, procedureId).find((each) => maySee(deps, actor, each))
    if (dossier !== undefined) return { dossier, by: key.by }
  }
  return null
}

function keysOf({ vault }: Deps, typed: Typed): readonly PersonKey[] {
  const [idNumber, phone] = [idDigits(typed['idNumber'] ?? ''), phoneDigits(typed['phone'] ?? '')]
  const name = fold(typed['name'] ?? '')
  const birthYear = Number(typed['birthYear'])
  // Who has a number is nobody else: the same name or phone says nothing then.
  if (isIdNumber(idNumber)) return [{ by: 'idNumber', hash: vault.hash(idNumber) }]
  const spellings = isPhone(phone) ? phoneSpellings(phone) : []
  return [
    ...spellings.map((each) => ({ by: 'phone', hash: vault.hash(each) }) as const),
    ...(name.includes(' ') && birthYear > 0 ? [{ by: 'name', nameFolded: name, birthYear } as const] : []),
  ]
}
