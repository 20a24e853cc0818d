import { type Alarm, clearAlarm, raiseAlarm } from '../db/queries/alarms.ts'
import { claimRun, failRun, finishRun, type JobRun, type RunResult } from '../db/queries/job-ledger.ts'
import { markSent } from '../db/queries/outbox.ts'
import { COPY_ALARM } from '../src/backup/copy-backups.ts'
import { JOB_LABELS } from '../src/jobs.ts'
import type { JobDeps } from './job-deps.ts'
import { PROCESSORS } from './processors.ts'
import { runnerName } from './runner-name.ts'
import type { Work } from './schedule.ts'

/** Claim → run → finish, or fail and raise an alarm. `skipped`: it is done, or somebody else is at it. */
export async function runJob(deps: JobDeps, work: Work): Promise<'done' | 'failed' | 'skipped'> {
  const { db, clock, log } = deps
  const { job, subject, version } = work
  const run = claimRun(db, { job, subject, version, runner: runnerName(), now: clock.now() })
  if (run === null) return 'skipped'
  try {
    const result = await perform(deps, work)
    finish(deps, work, run, result)
    log.info({ job, subject, rows: result.rows, attempts: run.attempts }, 'job done')
    return 'done'
  } catch (error) {
    fail(deps, work, run, error instanceof Error ? error.message : String(error))
    log.error({ job, subject, attempts: run.attempts, err: error }, 'job failed')
    return 'failed'
  }
}

function perform(deps: JobDeps, { job, payload }: Work): RunResult | Promise<RunResult> {
  const processor = PROCESSORS[job] as (
    deps: JobDeps,
    payload: Work['payload'],
  ) => RunResult | Promise<RunResult>
  return processor(deps, payload)
}

function finish({ db, clock }: JobDeps, work: Work, run: JobRun, result: RunResult): void {
  const at = clock.now()
  const store = db.transaction(() => {
    if (!finishRun(db, run, result, at)) return
    if (work.outboxId !== null) markSent(db, work.outboxId, at)
    clearAlarm(db, alarmOf(work), at)
  })
  store.immediate()
}

function fail({ db, clock }: JobDeps, work: Work, run: JobRun, message: string): void {
  const at = clock.now()
  const store = db.transaction(() => {
    if (!failRun(db, run, message, at)) return
    const detail = `${JOB_LABELS[work.job]} (${work.subject}), lần thứ ${run.attempts}: ${message}`
    raiseAlarm(db, { ...alarmOf(work), detail, raisedAt: at })
  })
  store.immediate()
}

/** A failed night is made good by the next one, a failed closing only by itself. */
function alarmOf({ job, subject }: Work): Pick<Alarm, 'kind' | 'subject'> {
  if (job === 'copy-backup') return COPY_ALARM
  return { kind: 'job_failed', subject: job === 'close-period' ? `${job} ${subject}` : job }
}
