import { existsSync, readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { Config } from '../config.ts'
import { RuleError } from '../domain/refusals.ts'
import { backupProblem } from './backup-file.ts'
import { type BackupName, backupsAmong } from './backup-names.ts'
import { backupsThere, fetchBackup } from './copy-backups.ts'
import { type SecondPlace, secondPlace } from './second-place.ts'

export interface Wanted {
  /** A file or the name of a backup, or `latest`. */
  readonly backup: string
  /** Whether it is to come from the second place. */
  readonly fromCopy: boolean
}

/** The file of the backup that is wanted; one from the second place is brought into `folder` first. */
export async function findBackup(
  config: Pick<Config, 'backupDir' | 'backupCopyTo'>,
  { backup, fromCopy }: Wanted,
  folder: string,
): Promise<string> {
  const { backupDir } = config
  if (!fromCopy) {
    if (existsSync(backup)) return backup
    const here = existsSync(backupDir) ? backupsAmong(readdirSync(backupDir)) : []
    return join(backupDir, wantedOf(here, backup, backupDir))
  }
  const { to, place } = configuredPlace(config)
  const name = wantedOf(backupsThere(await place.list()), basename(backup), to)
  const file = join(folder, name)
  if (!existsSync(file) || backupProblem(file) !== null) await fetchBackup(place, name, file)
  return file
}

/** The second place that is configured; refuses where none is. */
export function configuredPlace({ backupCopyTo: to }: Pick<Config, 'backupCopyTo'>): {
  readonly to: string
  readonly place: SecondPlace
} {
  if (to === null) throw new RuleError('no_second_place')
  return { to, place: secondPlace(to) }
}

/** `latest` is the newest ordinary backup; one made before an upgrade must be asked for by name. */
function wantedOf(backups: readonly BackupName[], wanted: string, place: string): string {
  const found = backups.find(({ name, beforeUpgrade }) =>
    wanted === 'latest' ? beforeUpgrade === null : name === wanted,
  )
  if (found === undefined) throw new RuleError('unknown_backup', { file: join(place, wanted) })
  return found.name
}
