import type { Db } from '../open.ts'
import { prepared } from '../prepared.ts'
import type { JobRun } from './job-ledger.ts'

const RUN = `id, job, subject, version, runner, started_at AS startedAt, finished_at AS finishedAt, outcome, rows,
  checksum, detail, attempts`

export interface RunFilter {
  /** Null: all. */
  readonly outcome: JobRun['outcome'] | null
  /** Only runs begun before this one, in the order of the list. */
  readonly before: readonly [startedAt: number, id: number] | null
  readonly limit: number
}

/** Runs, the newest first. */
export function listRuns(db: Db, { outcome, before, limit }: RunFilter): readonly JobRun[] {
  const [startedAt, id] = before ?? [Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER]
  return prepared<JobRun>(
    db,
    `SELECT ${RUN} FROM job_runs
       WHERE (started_at, id) < (@startedAt, @id) AND (@outcome IS NULL OR outcome = @outcome)
       ORDER BY started_at DESC, id DESC LIMIT @limit`,
  ).all({ outcome, startedAt, id, limit })
}

export function runById(db: Db, id: number): JobRun | null {
  return prepared<JobRun>(db, `SELECT ${RUN} FROM job_runs WHERE id = ?`).get(id) ?? null
}

/** The newest failed run of each job. */
export function failedRuns(db: Db): readonly JobRun[] {
  return prepared<JobRun>(
    db,
    `SELECT ${RUN}, max(started_at) FROM job_runs WHERE outcome = 'failed' GROUP BY job`,
  ).all()
}

/** The first scheduled run of the same job begun after this one; null: none. */
export function laterRun(db: Db, { job, startedAt }: Pick<JobRun, 'job' | 'startedAt'>): JobRun | null {
  return (
    prepared<JobRun>(
      db,
      `SELECT ${RUN} FROM job_runs WHERE job = ? AND version = 1 AND started_at > ? ORDER BY started_at LIMIT 1`,
    ).get(job, startedAt) ?? null
  )
}

export function runningCount(db: Db): number {
  return prepared(db, `SELECT count(*) FROM job_runs WHERE outcome = 'running'`).pluck().get() as number
}
