import { closeSync, copyFileSync, existsSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { lockAlone } from '../db/one-file.ts'
import { type Db, openDatabase } from '../db/open.ts'
import { backupProblem } from './backup.ts'
import { backupName } from './backup-keep.ts'
import type { Clock } from './clock.ts'
import type { Config } from './config.ts'
import { printInstant } from './domain/calendar/day.ts'
import { RuleError } from './domain/refusals.ts'

export interface Restored {
  /** Where the database that was in use is kept; null when there was none. */
  readonly keptAside: string | null
}

/**
 * Puts a backup in the place of the database. Refuses while any other process has the database open
 * (`database_in_use`) and refuses a damaged backup; the database that was in use is kept aside, never deleted.
 */
export function restoreBackup(
  { databaseFile, dataDir }: Pick<Config, 'databaseFile' | 'dataDir'>,
  { clock, file }: { readonly clock: Clock; readonly file: string },
): Restored {
  if (!existsSync(file)) throw new RuleError('unknown_backup', { file })
  const problem = backupProblem(file)
  if (problem !== null) throw new RuleError('damaged_backup', { file, problem })
  const part = `${databaseFile}.part`
  copyFileSync(file, part)
  flush(part)
  const lock = existsSync(databaseFile) ? openAlone(databaseFile, part) : null
  try {
    const keptAside = lock && join(dataDir, `before-restore-${backupName(printInstant(clock.now()))}`)
    if (keptAside !== null) renameSync(databaseFile, keptAside)
    renameSync(part, databaseFile)
    return { keptAside }
  } finally {
    lock?.close()
  }
}

/** A connection that nobody else can be beside. */
function openAlone(databaseFile: string, part: string): Db {
  const db = openDatabase(databaseFile, { busyTimeoutMs: 0 })
  try {
    lockAlone(db)
    return db
  } catch (error) {
    db.close()
    rmSync(part, { force: true })
    const busy = (error as { code?: string }).code?.startsWith('SQLITE_BUSY')
    throw busy ? new RuleError('database_in_use') : error
  }
}

function flush(file: string): void {
  const handle = openSync(file, 'r+')
  fsyncSync(handle)
  closeSync(handle)
}
