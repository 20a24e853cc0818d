import { addDays, type Instant, type LocalDay, localDayOf, minuteOfDay } from './domain/calendar/day.ts'
import type { JobName, ON_DEMAND } from './jobs.ts'
import { CLOSED_KINDS } from './reports/closed-kinds.ts'

export type NightlyJob = Exclude<JobName, 'close-period' | (typeof ON_DEMAND)[number]>

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

/** The day on whose early morning the latest night's work began. */
export function nightOf(now: Instant, atMinute: number): LocalDay {
  const today = localDayOf(now)
  return minuteOfDay(now) >= atMinute ? today : addDays(today, -1)
}
