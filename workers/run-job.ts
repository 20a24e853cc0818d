import { setTimeout as sleep } from 'node:timers/promises'
import { RETRY_LONGEST_MS } from '../db/group-commit.ts'
import { claimRun, finishRun, type JobRun, type RunResult } from '../db/queries/job-ledger.ts'
import { markSent } from '../db/queries/outbox.ts'
import { runnerName } from '../src/runner-name.ts'
import { auditRun } from './audit-run.ts'
import { clearFailure, recordFailure } from './failures.ts'
import type { JobDeps } from './job-deps.ts'
import { PROCESSORS } from './processors.ts'
import type { Work } from './schedule.ts'

/**
 * Pause after each job, as long as the job took within these bounds: SQLite's lock is not fair, and whoever waits for
 * it gets it only while nobody has it. In ms.
 */
const BREATH_MS = 2 * RETRY_LONGEST_MS
const LONGEST_BREATH_MS = 500

/** Waits before a failure that could not be written down (a full disk) is tried again, in ms. */
const RECORD_FIRST_MS = 500
const RECORD_LONGEST_MS = 5_000

/**
 * Claim → run → finish, or fail and raise an alarm. `skipped`: it is done, or somebody else is at it. A failure is
 * written down as soon as that can be done, unless `goesOn` says that the runner stops.
 */
export async function runJob(
  deps: JobDeps,
  work: Work,
  goesOn: () => boolean = () => true,
): Promise<'done' | 'failed' | 'skipped'> {
  const { db, clock, log } = deps
  const { job, subject, version } = work
  const begun = performance.now()
  let run: JobRun | null = null
  try {
    run = claimRun(db, { job, subject, version, runner: runnerName(), now: clock.now() })
    if (run === null) return 'skipped'
    const result = await perform(deps, work)
    finish(deps, work, run, result)
    log.info({ job, subject, rows: result.rows, attempts: run.attempts }, 'job done')
    await sleep(Math.min(Math.max(performance.now() - begun, BREATH_MS), LONGEST_BREATH_MS))
    return 'done'
  } catch (error) {
    log.error({ job, subject, attempts: run?.attempts, err: error }, 'job failed')
    await recordInTime(deps, run ?? work, error as Error, goesOn)
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
    clearFailure(db, work, at)
    auditRun(db, run, { outcome: 'done', rows: result.rows, at })
  })
  store.immediate()
}

/** Where there is no room for the job there is often none for its alarm: the alarm comes as soon as there is. */
async function recordInTime(
  deps: JobDeps,
  what: JobRun | Work,
  { message }: Error,
  goesOn: () => boolean,
): Promise<void> {
  for (let wait = RECORD_FIRST_MS; ; wait = Math.min(wait * 2, RECORD_LONGEST_MS)) {
    try {
      return recordFailure(deps, what, message)
    } catch (error) {
      if (!goesOn()) throw error
      deps.log.error({ job: what.job, subject: what.subject, err: error }, 'failure not written down yet')
    }
    await sleep(wait)
  }
}
