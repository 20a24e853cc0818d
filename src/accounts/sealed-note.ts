import type { Deps } from '../deps.ts'
import type { Instant } from '../domain/calendar/day.ts'

interface Note {
  readonly purpose: string
  readonly until: Instant
  readonly content: unknown
}

type NoteDeps = Pick<Deps, 'vault' | 'clock'>

/**
 * What waits in somebody's browser between two requests: nobody else can write or read it, it is good for one purpose
 * and until a moment.
 */
export function sealNote(
  { vault }: Pick<Deps, 'vault'>,
  purpose: string,
  until: Instant,
  content: object,
): string {
  const note: Note = { purpose, until, content }
  return vault.seal(JSON.stringify(note)).toString('base64url')
}

/** What a note says; null for one that is forged, past its time or for something else. */
export function openNote<T extends object>(
  { vault, clock }: NoteDeps,
  purpose: string,
  text: string,
): T | null {
  const note = opened({ vault }, text)
  return note?.purpose === purpose && note.until > clock.now() ? (note.content as T) : null
}

function opened({ vault }: Pick<Deps, 'vault'>, text: string): Note | null {
  try {
    return JSON.parse(vault.open(Buffer.from(text, 'base64url'))) as Note
  } catch {
    return null
  }
}
