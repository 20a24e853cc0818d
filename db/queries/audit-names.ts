import type { Db } from '../open.ts'
import { prepared } from '../prepared.ts'

/** How what an entry names by id is called today. */
const NAMES = {
  dossier: 'SELECT code AS name FROM dossiers WHERE id = ?',
  event: 'SELECT act AS name FROM events WHERE id = ?',
  account: 'SELECT username AS name FROM accounts WHERE id = ?',
  webhook: 'SELECT label AS name FROM webhooks WHERE id = ?',
  child: 'SELECT label AS name FROM feed_children WHERE id = ?',
  decision: 'SELECT title AS name FROM calendar_decisions WHERE id = ?',
  reorganisation: 'SELECT title AS name FROM reorganisations WHERE id = ?',
  import: 'SELECT name FROM imports WHERE id = ?',
  slip: 'SELECT number AS name FROM emergency_slips WHERE id = ?',
} as const satisfies Record<string, string>

export type Named = keyof typeof NAMES

/** The name of it; null where it has none, or is no more. */
export function nameOf(db: Db, what: Named, id: number): string | null {
  return prepared<{ name: string | null }>(db, NAMES[what]).get(id)?.name ?? null
}
