import type { Db } from '../../db/open.ts'
import { entryHash } from '../../db/queries/audit.ts'
import { type AuditRoot, auditRoots } from '../../db/queries/audit-roots.ts'
import { addDays } from '../domain/calendar/day.ts'
import { hashOfEvents } from './events-hash.ts'
import { NO_HASH } from './record-audit.ts'

/**
 * The first day's root that is missing or does not hold, in words: its place in the chain is another, or the events of
 * its days are. Null: all hold. Needs no key.
 */
export function brokenRoot(db: Db): string | null {
  let before: AuditRoot | null = null
  for (const root of auditRoots(db)) {
    const wrong = faultOf(db, root, before)
    if (wrong !== null) return wrong
    before = root
  }
  return null
}

function faultOf(db: Db, root: AuditRoot, before: AuditRoot | null): string | null {
  const { day, lastId, hash, lastEventId, eventsHash } = root
  const expected = before === null ? day : addDays(before.day, 1)
  if (day !== expected) return `Thiếu gốc ngày ${expected}.`
  const known = lastId === 0 ? NO_HASH : entryHash(db, lastId)
  if (known === null) return `Gốc ngày ${day}: mục số ${lastId} không còn.`
  if (!known.equals(hash)) return `Gốc ngày ${day}: mục số ${lastId} không còn như khi niêm phong.`
  const [after, through] = [before?.lastEventId ?? 0, lastEventId]
  if (hashOfEvents(db, after, through).equals(eventsHash)) return null
  return `Gốc ngày ${day}: các việc trên hồ sơ số ${after + 1} đến ${through} không còn như khi niêm phong.`
}
