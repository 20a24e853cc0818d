import { hash } from 'node:crypto'
import type { EventRow } from '../../db/queries/audit-events.ts'

/** SHA-256 of an event as it was written, in hex: what the audit keeps of it. */
export function eventDigest(event: EventRow): string {
  return hash('sha256', eventText(event), 'hex')
}

/** The row as JSON: equal rows give equal text. */
export function eventText(event: EventRow): string {
  return JSON.stringify(event)
}
