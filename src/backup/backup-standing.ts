import type { Db } from '../../db/open.ts'
import { firstRunAt, type JobRun } from '../../db/queries/job-ledger.ts'
import { readSetting } from '../../db/queries/settings.ts'
import type { Instant } from '../domain/calendar/day.ts'

/** Settings: the last good backup, and the last one that was copied to the second place. */
export const LAST_BACKUP = 'last_backup'
export const LAST_BACKUP_COPY = 'last_backup_copy'

/** What the job that copies says where there is nowhere to copy to. */
export const NO_SECOND_PLACE = 'Không đặt BACKUP_COPY_TO.'

/** Whether a run did nothing since there is no second place. */
export function hadNowhere(run: Pick<JobRun, 'detail'> | undefined): boolean {
  return run?.detail === NO_SECOND_PLACE
}

export interface LastBackup {
  /** The moment of the database that it holds. */
  readonly at: Instant
}

export interface LastCopy extends LastBackup {
  /** Where it was copied to, as BACKUP_COPY_TO said then. */
  readonly to: string
}

export interface BackupStanding {
  readonly last: LastBackup | null
  readonly lastCopy: LastCopy | null
}

const HOUR_MS = 60 * 60_000
/** One night may be missed, two may not. */
const OLD_AFTER_MS = 36 * HOUR_MS

export function backupStanding(db: Db): BackupStanding {
  return {
    last: (readSetting(db, LAST_BACKUP) as LastBackup | undefined) ?? null,
    lastCopy: (readSetting(db, LAST_BACKUP_COPY) as LastCopy | undefined) ?? null,
  }
}

/** Whether the newest one is too old at `now`; where there is none yet, the time runs from the first job. */
export function isOld(db: Db, newest: LastBackup | null, now: Instant): boolean {
  return now - (newest?.at ?? firstRunAt(db) ?? now) > OLD_AFTER_MS
}

/** How long ago that was: '5 giờ trước', from two days on '3 ngày trước'. */
export function ageWords(at: Instant, now: Instant): string {
  const hours = Math.max(0, Math.floor((now - at) / HOUR_MS))
  return hours < 48 ? `${hours} giờ trước` : `${Math.floor(hours / 24)} ngày trước`
}
