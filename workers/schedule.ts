import { isStale, type JobRun } from '../db/queries/job-ledger.ts'
import type { Instant, LocalDay } from '../src/domain/calendar/day.ts'
import { failedAt, retryAt } from '../src/job-times.ts'
import type { JobName, JobPayloads } from '../src/jobs.ts'
import { type NightlyJob, nightOf, RECURRING } from '../src/recurring.ts'
import { type ClosingSpan, periodsToClose } from '../src/reports/closed-kinds.ts'

/** One piece of work, as a runner carries it. */
export type Work = {
  readonly [Job in JobName]: {
    readonly job: Job
    /** The period, the day or the import it is about. */
    readonly subject: string
    readonly version: number
    readonly payload: JobPayloads[Job]
    /** Row of the outbox that asked for it; null: the schedule. */
    readonly outboxId: number | null
  }
}[JobName]

/** What the database knows of work done and asked for. */
export interface Ledger {
  readonly runs: readonly Pick<
    JobRun,
    'job' | 'subject' | 'version' | 'outcome' | 'startedAt' | 'finishedAt' | 'attempts'
  >[]
  readonly closedPeriods: ReadonlySet<string>
  /** Work asked for and not done yet. */
  readonly requests: readonly Work[]
  /** Failed runs, by their keys, that a person wants tried without waiting for their turn. */
  readonly atOnce?: ReadonlySet<string>
  /** Minute of the day at which a job begins, where a setting says another one. */
  readonly minutes?: Readonly<Partial<Record<JobName, number>>>
}

/**
 * What is due and not done at `now`, in the order in which it is to be done: dossiers of reorganised units, so that
 * a period is closed after they moved; every period that should be closed, however long ago; the jobs of the latest
 * night only; then what was asked for. A pure function: a runner that was away catches up by asking.
 */
export function dueJobs(now: Instant, ledger: Ledger, closing: ClosingSpan | null): readonly Work[] {
  const runs = new Map(ledger.runs.map((run) => [runKey(run), run]))
  const isDue = (work: Work) => {
    const key = runKey(work)
    return isOpen(runs.get(key), now, ledger.atOnce?.has(key) ?? false)
  }
  const isDone = (work: Work) => runs.get(runKey(work))?.outcome === 'done'
  // A period closed by a run that died before it could say so is left to that run's next attempt.
  const isToClose = (work: Work) => !ledger.closedPeriods.has(work.subject) || runs.has(runKey(work))
  const closings = closing === null ? [] : periodsToClose(now, closing)
  const nights = RECURRING.filter((entry) => 'atMinute' in entry).flatMap(({ job, atMinute, after }) => {
    const night = nightOf(now, ledger.minutes?.[job] ?? atMinute)
    return after === undefined || isDone(nightly(after, night)) ? [nightly(job, night)] : []
  })
  const [moving, others] = [true, false].map((first) =>
    nights.filter(({ job }) => (job === 'apply-reorganisation') === first),
  ) as [Work[], Work[]]
  const scheduled = [...moving, ...closings.map(({ key }) => closingOf(key)).filter(isToClose), ...others]
  return [...scheduled, ...ledger.requests].filter(isDue)
}

function closingOf(periodKey: string): Work {
  return { job: 'close-period', subject: periodKey, version: 1, payload: { periodKey }, outboxId: null }
}

function nightly(job: NightlyJob, day: LocalDay): Work {
  return { job, subject: day, version: 1, payload: { day }, outboxId: null }
}

/** Never started, failed long enough ago, or left behind by a runner that died. */
function isOpen(run: Ledger['runs'][number] | undefined, now: Instant, atOnce: boolean): boolean {
  if (run === undefined) return true
  if (run.outcome === 'done') return false
  if (run.outcome === 'running') return isStale(run, now)
  if (atOnce) return true
  // A clock that was set back must not stop the work.
  return now >= retryAt(run) || now < failedAt(run)
}

/** Names one run; also its id in a queue, so that it waits there once. */
export function runKey({ job, subject, version }: Pick<JobRun, 'job' | 'subject' | 'version'>): string {
  return `${job}|${subject}|${version}`
}
