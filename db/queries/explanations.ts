import { createHash } from 'node:crypto'
import type { StripDay } from '../../src/domain/deadlines/deadline.ts'
import type { Db } from '../open.ts'
import { prepared } from '../prepared.ts'

export interface Explanation {
  readonly calendarVersion: string
  readonly receiptDay: string
  readonly provisional: boolean
  readonly strip: readonly StripDay[]
}

/** The id of this explanation; equal ones are stored once and never changed. */
export function explanationId(db: Db, explanation: Explanation): number {
  const text = JSON.stringify(explanation)
  const hash = createHash('sha256').update(text).digest('base64url')
  const insert = prepared(db, 'INSERT INTO explanations (hash, strip) VALUES (?, ?) ON CONFLICT DO NOTHING')
  const find = prepared<{ id: number }>(db, 'SELECT id FROM explanations WHERE hash = ?')
  const found = find.get(hash)
  if (found !== undefined) return found.id
  return Number(insert.run(hash, text).lastInsertRowid)
}

export function findExplanation(db: Db, id: number): Explanation | null {
  const row = prepared<{ strip: string }>(db, 'SELECT strip FROM explanations WHERE id = ?').get(id)
  return row === undefined ? null : (JSON.parse(row.strip) as Explanation)
}
