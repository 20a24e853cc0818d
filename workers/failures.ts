import type { Db } from '../db/open.ts'
import { clearAlarm, raiseAlarm } from '../db/queries/alarms.ts'
import { failRun, type JobRun, type RunKey } from '../db/queries/job-ledger.ts'
import type { Instant } from '../src/domain/calendar/day.ts'
import { JOB_LABELS } from '../src/jobs.ts'
import type { JobDeps } from './job-deps.ts'

/** A run that has failed, or work that could not even be claimed: the ledger and the alarm say so, both or neither. */
export function recordFailure({ db, clock }: JobDeps, what: JobRun | RunKey, message: string): void {
  const at = clock.now()
  const store = db.transaction(() => {
    const isRun = 'attempts' in what
    if (isRun && !failRun(db, what, message, at)) return
    const attempt = isRun ? `, lần thứ ${what.attempts}` : ''
    const detail = `${JOB_LABELS[what.job]} (${what.subject})${attempt}: ${message}`
    raiseAlarm(db, { kind: 'job_failed', subject: alarmSubject(what), detail, raisedAt: at })
  })
  store.immediate()
}

/** The work was done: nothing is wrong with it any more. */
export function clearFailure(db: Db, work: RunKey, at: Instant): void {
  clearAlarm(db, { kind: 'job_failed', subject: alarmSubject(work) }, at)
}

/** A failed night is made good by the next one, a failed closing only by itself. */
function alarmSubject({ job, subject }: RunKey): string {
  return job === 'close-period' ? `${job} ${subject}` : job
}
