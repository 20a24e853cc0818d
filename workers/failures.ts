import type { Db } from '../db/open.ts'
import { type Alarm, clearAlarm, raiseAlarm } from '../db/queries/alarms.ts'
import { failRun, type JobRun, type RunKey } from '../db/queries/job-ledger.ts'
import { COPY_ALARM } from '../src/backup/copy-backups.ts'
import type { Instant } from '../src/domain/calendar/day.ts'
import { JOB_LABELS } from '../src/jobs.ts'
import { auditRun } from './audit-run.ts'
import type { JobDeps } from './job-deps.ts'

/** A run that has failed, or work that could not even be claimed: the ledger and the alarm say so, both or neither. */
export function recordFailure({ db, clock }: JobDeps, what: JobRun | RunKey, message: string): void {
  const at = clock.now()
  const store = db.transaction(() => {
    const isRun = 'attempts' in what
    if (isRun && !failRun(db, what, message, at)) return
    if (isRun) auditRun(db, what, { outcome: 'failed', rows: null, at })
    const attempt = isRun ? `, lần thứ ${what.attempts}` : ''
    const detail = `${JOB_LABELS[what.job]} (${what.subject})${attempt}: ${message}`
    raiseAlarm(db, { ...alarmOf(what), detail, raisedAt: at })
  })
  store.immediate()
}

/** The work was done: nothing is wrong with it any more. */
export function clearFailure(db: Db, work: RunKey, at: Instant): void {
  clearAlarm(db, alarmOf(work), at)
}

/** A failed night is made good by the next one, a failed closing only by itself. */
function alarmOf({ job, subject }: RunKey): Pick<Alarm, 'kind' | 'subject'> {
  if (job === 'copy-backup') return COPY_ALARM
  return { kind: 'job_failed', subject: job === 'close-period' ? `${job} ${subject}` : job }
}
