import type { Db } from '../db/open.ts'
import type { JobRun } from '../db/queries/job-ledger.ts'
import type { Instant } from './domain/calendar/day.ts'
import type { JobName } from './jobs.ts'
import { NIGHT, RECURRING } from './recurring.ts'
import { hourSetting } from './settings/setting-value.ts'

/** Minute of the day at which each nightly job begins, as the settings have it. */
export function jobMinutes(db: Db): Readonly<Partial<Record<JobName, number>>> {
  const night = hourSetting(db, 'night_at')
  const nightly = RECURRING.flatMap((entry) =>
    'atMinute' in entry && entry.atMinute === NIGHT ? [[entry.job, night] as const] : [],
  )
  return { ...Object.fromEntries(nightly), 'import-folder': hourSetting(db, 'import_folder_at') }
}

type Tried = Pick<JobRun, 'attempts' | 'startedAt' | 'finishedAt'>

/** Waits after the first, second, … failed attempt; from then on the last one. In ms. */
const RETRY_AFTER_MS = [0, 1, 5, 15, 60].map((minutes) => minutes * 60_000)

/** When a failed run is tried again by itself. */
export function retryAt(run: Tried): Instant {
  return failedAt(run) + (RETRY_AFTER_MS[Math.min(run.attempts, RETRY_AFTER_MS.length) - 1] ?? 0)
}

export function failedAt({ startedAt, finishedAt }: Tried): Instant {
  return finishedAt ?? startedAt
}
