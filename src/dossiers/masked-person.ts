import { findPersonById } from '../../db/queries/persons.ts'
import type { Deps } from '../deps.ts'

export interface PersonView {
  readonly name: string
  readonly birthYear: number | null
  readonly address: string | null
  /** Masked. */
  readonly idNumber: string | null
  readonly phone: string | null
}

/** A person as pages and papers show them: of ID and phone numbers the last three digits. */
export function maskedPerson(
  { db, vault }: Pick<Deps, 'db' | 'vault'>,
  id: number | null,
): PersonView | null {
  const row = id === null ? null : findPersonById(db, id)
  if (row === null) return null
  const opened = (sealed: Buffer | null) =>
    sealed === null ? null : maskedNumber(openSealed(() => vault.open(sealed)))
  return {
    name: row.name,
    birthYear: row.birthYear,
    address: row.address,
    idNumber: opened(row.idNumberSealed),
    phone: opened(row.phoneSealed),
  }
}

/** A number sealed with a key this installation no longer has is shown as unreadable, not as an error. */
function openSealed(open: () => string): string | null {
  try {
    return open()
  } catch {
    return null
  }
}

/** The last three digits tell two people apart; the rest is nobody's business on a screen at the counter. */
export function maskedNumber(text: string | null): string {
  return text === null ? 'không đọc được' : `${'•'.repeat(Math.max(0, text.length - 3))}${text.slice(-3)}`
}
