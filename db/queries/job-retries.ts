import type { JobName } from '../../src/jobs.ts'
import type { Db } from '../open.ts'
import { prepared } from '../prepared.ts'
import type { JobRun, RunKey } from './job-ledger.ts'

/**
 * That a person wants a failed run tried now: rows of the outbox which name the run. The next attempt at it answers
 * them, whoever makes it and however it comes out.
 */
export interface AskedRetry extends RunKey {
  /** Row of the outbox. */
  readonly id: number
}

const RUN_OF = `json_extract(o.payload, '$.retryOf')`

/** Asks for another attempt; once while it has not begun. */
export function askRetry(db: Db, { id, job }: Pick<JobRun, 'id' | 'job'>, at: number): boolean {
  const insert = prepared(
    db,
    `INSERT INTO outbox (job, payload, created_at) SELECT @job, json_object('retryOf', @id), @at
       WHERE NOT EXISTS (SELECT 1 FROM outbox o WHERE o.sent_at IS NULL AND ${RUN_OF} = @id)`,
  )
  return insert.run({ id, job, at }).changes === 1
}

/** Retries asked for and not begun, oldest first. */
export function askedRetries(db: Db): readonly AskedRetry[] {
  return prepared<AskedRetry>(
    db,
    `SELECT o.id, r.job, r.subject, r.version FROM outbox o JOIN job_runs r ON r.id = ${RUN_OF}
       WHERE o.sent_at IS NULL ORDER BY o.id`,
  ).all() as readonly (AskedRetry & { readonly job: JobName })[]
}

/** An attempt at the run begins. */
export function answerRetries(db: Db, runId: number, at: number): void {
  prepared(db, `UPDATE outbox AS o SET sent_at = ? WHERE o.sent_at IS NULL AND ${RUN_OF} = ?`).run(at, runId)
}
