import { findPersonById } from '../../db/queries/persons.ts'
import type { Deps } from '../deps.ts'

export interface PersonView {
  readonly name: string
  readonly birthYear: number | null
  readonly sex: 'male' | 'female' | null
  readonly address: string | null
  readonly idNumber: string | null
  readonly phone: string | null
  readonly email: string | null
  /** Their particulars were taken away. */
  readonly isErased: boolean
}

/**
 * A person as lists, papers and whoever only reads see them: of ID and phone numbers the last three digits, of an
 * e-mail address the first letter and the domain.
 */
export function maskedPerson(deps: Pick<Deps, 'db' | 'vault'>, id: number | null): PersonView | null {
  return personOf(deps, id, { number: maskedNumber, email: maskedEmail })
}

/** A person with their numbers: for who handles the dossier (src/dossiers/shown-people.ts). */
export function fullPerson(deps: Pick<Deps, 'db' | 'vault'>, id: number | null): PersonView | null {
  return personOf(deps, id, { number: (text) => text, email: (text) => text })
}

/** The last three digits tell two people apart; the rest is nobody's business on a screen at the counter. */
export function maskedNumber(text: string): string {
  return `${'•'.repeat(Math.max(0, text.length - 3))}${text.slice(-3)}`
}

export function maskedEmail(text: string): string {
  return text.replace(/^(.).*@/, '$1•••@')
}

function personOf(
  { db, vault }: Pick<Deps, 'db' | 'vault'>,
  id: number | null,
  shown: { readonly number: (text: string) => string; readonly email: (text: string) => string },
): PersonView | null {
  const row = id === null ? null : findPersonById(db, id)
  if (row === null) return null
  const { name, birthYear, sex, address, erasedAt } = row
  const opened = (sealed: Buffer | null) => (sealed === null ? null : openSealed(vault, sealed, shown.number))
  return {
    ...{ name, birthYear, sex, address },
    idNumber: opened(row.idNumberSealed),
    phone: opened(row.phoneSealed),
    email: row.email == null ? null : shown.email(row.email),
    isErased: erasedAt !== null,
  }
}

/** A number sealed with a key this installation no longer has is shown as unreadable, not as an error. */
function openSealed(vault: Deps['vault'], sealed: Buffer, shown: (number: string) => string): string {
  try {
    return shown(vault.open(sealed))
  } catch {
    return 'không đọc được'
  }
}
