import { createHash } from 'node:crypto'
import type { Db } from '../../db/open.ts'
import { eventRowsBetween } from '../../db/queries/audit-events.ts'
import { eventText } from './event-digest.ts'

const AT_ONCE = 5_000

/** SHA-256 of the events after one id up to another, a line each. Reads in slices and holds nobody up. */
export function hashOfEvents(db: Db, after: number, through: number): Buffer {
  const hash = createHash('sha256')
  let last = after
  for (;;) {
    const slice = eventRowsBetween(db, { after: last, through, limit: AT_ONCE })
    for (const event of slice) hash.update(`${eventText(event)}\n`)
    if (slice.length < AT_ONCE) return hash.digest()
    last = slice.at(-1)![0]
  }
}
