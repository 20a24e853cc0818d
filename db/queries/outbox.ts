import type { JobName } from '../../src/jobs.ts'
import type { Db } from '../open.ts'
import { prepared } from '../prepared.ts'

export interface OutboxRow {
  readonly id: number
  readonly job: JobName
  /** JSON of the job's payload. */
  readonly payload: string
}

/** Hands work to the workers, in the transaction of the request. */
export function addToOutbox(db: Db, row: Omit<OutboxRow, 'id'>, at: number): number {
  const insert = prepared(db, 'INSERT INTO outbox (job, payload, created_at) VALUES (?, ?, ?)')
  return Number(insert.run(row.job, row.payload, at).lastInsertRowid)
}

/** Work asked for and not done yet, oldest first. */
export function waitingInOutbox(db: Db): readonly OutboxRow[] {
  return prepared<OutboxRow>(
    db,
    `SELECT id, job, payload FROM outbox WHERE sent_at IS NULL AND json_extract(payload, '$.retryOf') IS NULL ORDER BY id`,
  ).all()
}

export function markSent(db: Db, id: number, at: number): void {
  prepared(db, 'UPDATE outbox SET sent_at = ? WHERE id = ? AND sent_at IS NULL').run(at, id)
}

/** Whether work was asked for that no run has tried. */
export function hasFreshRequest(db: Db): boolean {
  return (
    prepared(
      db,
      `SELECT 1 FROM outbox o WHERE sent_at IS NULL
         AND NOT EXISTS (SELECT 1 FROM job_runs r WHERE r.job = o.job AND r.version = o.id + 1) LIMIT 1`,
    ).get() !== undefined
  )
}
