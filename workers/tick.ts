import { runningRuns } from '../db/queries/job-ledger.ts'
import { askedRetries } from '../db/queries/job-retries.ts'
import { markSent } from '../db/queries/outbox.ts'
import { closingSpan } from '../src/reports/late-closings.ts'
import { isGone } from '../src/runner-name.ts'
import { askForFiles } from './ask-for-files.ts'
import { recordFailure } from './failures.ts'
import type { JobDeps } from './job-deps.ts'
import { readLedger } from './read-ledger.ts'
import { dueJobs, runKey, type Work } from './schedule.ts'

/** Takes one piece of work away: runs it, or hands it to a queue that will. */
export type Carry = (work: Work) => Promise<unknown>

/**
 * One beat of either runner: what is due and not done is carried in order, one piece after the other. Runs that
 * a dead process has left behind are freed first. Returns how many pieces were carried.
 */
export async function tick(deps: JobDeps, carry: Carry, goesOn: () => boolean = () => true): Promise<number> {
  const { db, clock, log } = deps
  const now = clock.now()
  for (const run of runningRuns(db)) {
    if (!isGone(run)) continue
    recordFailure(deps, run, 'Tiến trình dừng giữa chừng.')
    log.warn({ job: run.job, subject: run.subject, runner: run.runner }, 'run left behind by a dead runner')
  }
  askForFiles(deps)
  const due = dueJobs(now, readLedger(deps, now), closingSpan(deps))
  dropRetries(deps, due)
  let carried = 0
  for (const work of due) {
    if (!goesOn()) break
    await carry(work)
    carried += 1
  }
  return carried
}

/** A run that is not to be done any more (a later night did it) is not tried again either. */
function dropRetries({ db, clock }: JobDeps, due: readonly Work[]): void {
  const keys = new Set(due.map(runKey))
  const dropped = askedRetries(db).filter((retry) => !keys.has(runKey(retry)))
  if (dropped.length === 0) return
  const drop = db.transaction(() => {
    for (const { id } of dropped) markSent(db, id, clock.now())
  })
  drop.immediate()
}
