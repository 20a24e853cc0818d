import { isStale, type JobRun } from '../db/queries/job-ledger.ts'
import { addDays, type Instant, type LocalDay, localDayOf, minuteOfDay } from '../src/domain/calendar/day.ts'
import type { JobName, JobPayloads, ON_DEMAND } from '../src/jobs.ts'
import { CLOSED_KINDS, type ClosingSpan, periodsToClose } from '../src/reports/closed-kinds.ts'

type NightlyJob = Exclude<JobName, 'close-period' | (typeof ON_DEMAND)[number]>

type Recurring =
  | { readonly job: 'close-period'; readonly closes: (typeof CLOSED_KINDS)[number] }
  /** `after`: not before that job of the same night is done. */
  | { readonly job: NightlyJob; readonly atMinute: number; readonly after?: NightlyJob }

export const NIGHT = 1 * 60
/** Before the night's recount and backup. */
const REGISTERS_ARRIVE = 30
/** Right after midnight: a unit works under its new name from the morning. */
const NEW_DAY = 5

/** All recurring work. Times are local; weeks close on Monday 06:00, the longer periods on the second working day. */
export const RECURRING: readonly Recurring[] = [
  { job: 'apply-reorganisation', atMinute: NEW_DAY },
  { job: 'seal-audit', atMinute: NEW_DAY },
  ...CLOSED_KINDS.map((closes) => ({ job: 'close-period', closes }) as const),
  { job: 'import-folder', atMinute: REGISTERS_ARRIVE },
  { job: 'revise-periods', atMinute: NIGHT },
  { job: 'recount', atMinute: NIGHT },
  { job: 'recompute-index', atMinute: NIGHT },
  { job: 'backup', atMinute: NIGHT },
  { job: 'copy-backup', atMinute: NIGHT, after: 'backup' },
  { job: 'tidy', atMinute: NIGHT },
]

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
  const isDue = (work: Work) => isOpen(runs.get(runKey(work)), now)
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

/** The day on whose early morning the latest night's work began. */
export function nightOf(now: Instant, atMinute: number): LocalDay {
  const today = localDayOf(now)
  return minuteOfDay(now) >= atMinute ? today : addDays(today, -1)
}

/** Waits after the first, second, … failed attempt; from then on the last one. In ms. */
const RETRY_AFTER_MS = [0, 1, 5, 15, 60].map((minutes) => minutes * 60_000)

/** Never started, failed long enough ago, or left behind by a runner that died. */
function isOpen(run: Ledger['runs'][number] | undefined, now: Instant): boolean {
  if (run === undefined) return true
  if (run.outcome === 'done') return false
  if (run.outcome === 'running') return isStale(run, now)
  const wait = RETRY_AFTER_MS[Math.min(run.attempts, RETRY_AFTER_MS.length) - 1] ?? 0
  const failedAt = run.finishedAt ?? run.startedAt
  // A clock that was set back must not stop the work.
  return now >= failedAt + wait || now < failedAt
}

/** Names one run; also its id in a queue, so that it waits there once. */
export function runKey({ job, subject, version }: Pick<JobRun, 'job' | 'subject' | 'version'>): string {
  return `${job}|${subject}|${version}`
}
