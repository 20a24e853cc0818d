import { existsSync, readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { systemClock } from '../clock.ts'
import { hashFileOf } from './backup-file.ts'
import { backupsToRemove } from './backup-names.ts'

/** Names of what is being made; older than this, whoever made it is gone. */
const UNFINISHED = /\.part(-\w+)?$|^rehearsal-/
const UNFINISHED_MS = 24 * 60 * 60_000

/** Removes the backups of a folder that the rule does not keep, and what was left unfinished; returns how many. */
export function removeOldBackups(folder: string): number {
  const files = existsSync(folder) ? readdirSync(folder) : []
  const old = [...backupsToRemove(files), ...files.filter((name) => isLeftBehind(join(folder, name), name))]
  for (const name of old) {
    rmSync(join(folder, name), { force: true, recursive: true })
    rmSync(hashFileOf(join(folder, name)), { force: true })
  }
  return old.length
}

function isLeftBehind(path: string, name: string): boolean {
  return UNFINISHED.test(name) && statSync(path).mtimeMs < systemClock.now() - UNFINISHED_MS
}
