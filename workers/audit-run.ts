import type { Db } from '../db/open.ts'
import type { JobRun } from '../db/queries/job-ledger.ts'
import { appendAudit } from '../src/audit/record-audit.ts'
import type { Instant } from '../src/domain/calendar/day.ts'

interface Ended {
  readonly outcome: 'done' | 'failed'
  readonly rows: number | null
  readonly at: Instant
}

/** That a job ran, and how it came out; why one failed stands in the ledger and in its alarm. */
export function auditRun(
  db: Db,
  { job, subject, attempts }: Pick<JobRun, 'job' | 'subject' | 'attempts'>,
  { outcome, rows, at }: Ended,
): void {
  appendAudit(db, at, { kind: 'job_run', actorId: null, data: { job, subject, outcome, rows, attempts } })
}
