import type { Db } from '../open.ts'
import { prepared } from '../prepared.ts'

/** The next number of `agencyCode` on `day`: unique and without gaps because it lives in the accepting transaction. */
export function nextNumber(db: Db, agencyCode: string, day: string): number {
  const row = prepared<{ last: number }>(
    db,
    `INSERT INTO code_sequences (agency_code, day, last) VALUES (?, ?, 1)
       ON CONFLICT DO UPDATE SET last = last + 1 RETURNING last`,
  ).get(agencyCode, day)
  return row!.last
}
