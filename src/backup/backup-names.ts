import {
  type Instant,
  type LocalDay,
  localDayOf,
  parseInstant,
  printInstant,
} from '../domain/calendar/day.ts'
import { periodOf } from '../domain/calendar/periods.ts'

/** How many backups are kept: the newest of each of the last days, weeks, months and upgrades that have one. */
const KEEP = { day: 7, week: 5, month: 12, upgrade: 3 } as const

const NAME = /^motcua-(\d{4})(\d\d)(\d\d)-(\d\d)(\d\d)(\d\d)(?:-before-upgrade-(\d{4}))?\.db$/

export interface BackupName {
  readonly name: string
  readonly at: Instant
  /** Number of the migration it was made before; null: an ordinary backup. */
  readonly beforeUpgrade: string | null
}

/** `motcua-20230306-010000.db`, in local time; made before an upgrade `motcua-…-before-upgrade-0001.db`. */
export function backupName(at: Instant, beforeUpgrade: string | null = null): string {
  const printed = printInstant(at)
  const moment = `${printed.slice(0, 10).replaceAll('-', '')}-${printed.slice(11, 19).replaceAll(':', '')}`
  return `motcua-${moment}${beforeUpgrade === null ? '' : `-before-upgrade-${beforeUpgrade}`}.db`
}

/** The backups among these files, the newest first. */
export function backupsAmong(files: readonly string[]): readonly BackupName[] {
  return files
    .flatMap((name) => {
      const [, year, month, day, hour, minute, second, beforeUpgrade = null] = NAME.exec(name) ?? []
      if (year === undefined) return []
      return [
        { name, at: parseInstant(`${year}-${month}-${day}T${hour}:${minute}:${second}`), beforeUpgrade },
      ]
    })
    .sort((a, b) => b.at - a.at)
}

/**
 * Of these files in a folder of backups, those that may go: backups that are neither the newest of one of the last
 * 7 days, nor of the last 5 weeks, nor of the last 12 months that have one; and of those made before an upgrade all
 * but the newest of each of the last 3 upgrades. Files of other names are left alone.
 */
export function backupsToRemove(files: readonly string[]): readonly string[] {
  const backups = backupsAmong(files)
  const keep = new Set<string>()
  const keepNewest = (count: number, groupOf: (backup: BackupName) => string | null) => {
    const groups = Map.groupBy(backups, groupOf)
    groups.delete(null)
    for (const [newest] of [...groups.values()].slice(0, count)) keep.add(newest!.name)
  }
  const byDay = (groupOf: (day: LocalDay) => string) => (backup: BackupName) =>
    backup.beforeUpgrade === null ? groupOf(localDayOf(backup.at)) : null
  keepNewest(
    KEEP.day,
    byDay((day) => day),
  )
  keepNewest(
    KEEP.week,
    byDay((day) => periodOf('week', day).key),
  )
  keepNewest(
    KEEP.month,
    byDay((day) => periodOf('month', day).key),
  )
  keepNewest(KEEP.upgrade, (backup) => backup.beforeUpgrade)
  return backups.map(({ name }) => name).filter((name) => !keep.has(name))
}
