import { type LocalDay, localDayOf, parseInstant } from './domain/calendar/day.ts'
import { periodOf } from './domain/calendar/periods.ts'

/** How many backups are kept: the newest of each of the last days, weeks and months that have one. */
const KEEP = { day: 7, week: 5, month: 12 } as const

const NAME = /^motcua-(\d{4})(\d\d)(\d\d)-(\d\d)(\d\d)(\d\d)\.db$/

/** `motcua-20230306-010000.db`, in local time. */
export function backupName(printed: string): string {
  return `motcua-${printed.slice(0, 10).replaceAll('-', '')}-${printed.slice(11, 19).replaceAll(':', '')}.db`
}

/**
 * Of these files in the backup folder, those that may go: backups that are neither the newest of one of the last
 * 7 days, nor of the last 5 weeks, nor of the last 12 months that have one. Files of other names are left alone.
 */
export function backupsToRemove(files: readonly string[]): readonly string[] {
  const backups = files
    .filter((file) => NAME.test(file))
    .sort()
    .reverse()
  const keep = new Set<string>()
  const keepNewest = (groupOf: (day: LocalDay) => string, count: number) => {
    const groups = Map.groupBy(backups, (file) => groupOf(dayOfBackup(file)))
    for (const [newest] of [...groups.values()].slice(0, count)) keep.add(newest as string)
  }
  keepNewest((day) => day, KEEP.day)
  keepNewest((day) => periodOf('week', day).key, KEEP.week)
  keepNewest((day) => periodOf('month', day).key, KEEP.month)
  return backups.filter((file) => !keep.has(file))
}

/** Of these files, what is left of backups of days before `today` that were never finished: their process was killed. */
export function unfinishedBackups(files: readonly string[], today: LocalDay): readonly string[] {
  return files.filter((file) => {
    const [name, rest] = file.split('.part')
    return rest !== undefined && NAME.test(name as string) && dayOfBackup(name as string) < today
  })
}

function dayOfBackup(file: string): LocalDay {
  const [, year, month, day, hour, minute, second] = NAME.exec(file) as RegExpExecArray
  return localDayOf(parseInstant(`${year}-${month}-${day}T${hour}:${minute}:${second}`))
}
