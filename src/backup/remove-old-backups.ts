import { existsSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { hashFileOf } from './backup-file.ts'
import { backupsToRemove } from './backup-names.ts'

/** Removes the backups of a folder that the rule does not keep; returns how many. */
export function removeOldBackups(folder: string): number {
  const files = existsSync(folder) ? backupsToRemove(readdirSync(folder)) : []
  for (const name of files) {
    rmSync(join(folder, name), { force: true })
    rmSync(hashFileOf(join(folder, name)), { force: true })
  }
  return files.length
}
