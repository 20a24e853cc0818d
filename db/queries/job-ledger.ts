import type { JobName } from '../../src/jobs.ts'
import type { Db } from '../open.ts'
import { prepared } from '../prepared.ts'
import { answerRetries } from './job-retries.ts'

/** What is run once: a job about a subject (a period, a day) in a version. */
export interface RunKey {
  readonly job: JobName
  readonly subject: string
  /** 1 for the schedule; work asked for by hand has the number of its outbox row, plus 1. */
  readonly version: number
}

export interface JobRun extends RunKey {
  readonly id: number
  readonly runner: string
  readonly startedAt: number
  readonly finishedAt: number | null
  readonly outcome: 'running' | 'done' | 'failed'
  readonly rows: number | null
  readonly checksum: string | null
  readonly detail: string | null
  readonly attempts: number
}

export interface ClaimRequest extends RunKey {
  readonly runner: string
  readonly now: number
}

const STALE_AFTER_MS = 30 * 60_000

/**
 * Whether a run still 'running' is taken to be dead, so that it may be claimed again: begun half an hour ago, or, with
 * a clock that was set back since, that far in the future.
 */
export function isStale({ startedAt }: Pick<JobRun, 'startedAt'>, now: number): boolean {
  return Math.abs(now - startedAt) >= STALE_AFTER_MS
}

const RUN = `id, job, subject, version, runner, started_at AS startedAt, finished_at AS finishedAt, outcome, rows,
  checksum, detail, attempts`

/**
 * Claims a run before it starts: the run, or null when it is done or somebody else is at it. The transaction is
 * IMMEDIATE, so of two runners at once one gets it.
 */
export function claimRun(db: Db, { job, subject, version, runner, now }: ClaimRequest): JobRun | null {
  const claim = db.transaction(() => {
    const before = findRun(db, { job, subject, version })
    if (before?.outcome === 'done') return null
    if (before?.outcome === 'running' && !isStale(before, now)) return null
    prepared(
      db,
      `INSERT INTO job_runs (job, subject, version, runner, started_at, outcome, attempts)
         VALUES (?, ?, ?, ?, ?, 'running', 1)
         ON CONFLICT (job, subject, version) DO UPDATE SET runner = excluded.runner, started_at = excluded.started_at,
           finished_at = NULL, outcome = 'running', detail = NULL, attempts = attempts + 1`,
    ).run(job, subject, version, runner, now)
    const claimed = findRun(db, { job, subject, version })
    if (claimed !== null) answerRetries(db, claimed.id, now)
    return claimed
  })
  return claim.immediate()
}

export interface RunResult {
  readonly rows: number
  readonly checksum: string | null
  readonly detail?: string | undefined
}

/** Records success, unless somebody else has claimed the run meanwhile; says whether it did. */
export function finishRun(db: Db, run: JobRun, result: RunResult, at: number): boolean {
  const { rows, checksum, detail = null } = result
  return end(db, run, { outcome: 'done', rows, checksum, detail, at })
}

/** Records failure; the run may be claimed again. */
export function failRun(db: Db, run: JobRun, detail: string, at: number): boolean {
  return end(db, run, { outcome: 'failed', rows: null, checksum: null, detail, at })
}

/** Runs that somebody claimed and has neither finished nor failed. */
export function runningRuns(db: Db): readonly JobRun[] {
  return prepared<JobRun>(db, `SELECT ${RUN} FROM job_runs WHERE outcome = 'running'`).all()
}

/** The newest successful run of each job, for the page that shows whether the house works. */
export function lastGoodRuns(db: Db): readonly JobRun[] {
  return prepared<JobRun>(
    db,
    `SELECT ${RUN}, max(finished_at) FROM job_runs WHERE outcome = 'done' GROUP BY job ORDER BY job`,
  ).all()
}

/** When the workers first did anything here, null before that. */
export function firstRunAt(db: Db): number | null {
  return prepared<{ at: number | null }>(db, 'SELECT min(started_at) AS at FROM job_runs').get()?.at ?? null
}

/** What decides whether something is due: all closings, and of the other jobs the runs since `since`. */
export function ledgerRows(db: Db, since: number): readonly JobRun[] {
  return prepared<JobRun>(
    db,
    `SELECT ${RUN} FROM job_runs WHERE job = 'close-period' OR started_at >= ?`,
  ).all(since)
}

function findRun(db: Db, { job, subject, version }: RunKey): JobRun | null {
  const row = prepared<JobRun>(
    db,
    `SELECT ${RUN} FROM job_runs WHERE job = ? AND subject = ? AND version = ?`,
  )
  return row.get(job, subject, version) ?? null
}

type Ending = Pick<JobRun, 'outcome' | 'rows' | 'checksum' | 'detail'> & { readonly at: number }

function end(db: Db, run: JobRun, { outcome, rows, checksum, detail, at }: Ending): boolean {
  const update = prepared(
    db,
    `UPDATE job_runs SET outcome = ?, rows = ?, checksum = ?, detail = ?, finished_at = ?
       WHERE id = ? AND runner = ? AND attempts = ? AND outcome = 'running'`,
  )
  return update.run(outcome, rows, checksum, detail, at, run.id, run.runner, run.attempts).changes === 1
}
