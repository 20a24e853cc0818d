import { copyFileSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { isNewer } from '../../db/migrate.ts'
import { lockAlone } from '../../db/one-file.ts'
import { type Db, openDatabase } from '../../db/open.ts'
import { restoreRoots } from '../audit/restored-roots.ts'
import { ROOTS_FILE, rootsFileIn } from '../audit/roots-file.ts'
import type { Clock } from '../clock.ts'
import type { Config } from '../config.ts'
import { RuleError } from '../domain/refusals.ts'
import { keyProblem } from '../key-file.ts'
import { backupProblem, flush } from './backup-file.ts'
import { backupName } from './backup-names.ts'
import { inWords } from './disk-words.ts'

export interface Restored {
  /** Where the database that was in use is kept; null when there was none. */
  readonly keptAside: string | null
  /** Why the key at hand does not open what was restored, null when it does. */
  readonly keyProblem: string | null
}

/**
 * Puts a backup in the place of the database. Refuses while any other process has the database open
 * (`database_in_use`) and refuses a backup that is damaged or that newer code made; the database that was in use is
 * kept aside, never deleted, and so are the roots of the audit that the backup does not have.
 */
export function restoreBackup(
  { databaseFile, dataDir, keyFile }: Pick<Config, 'databaseFile' | 'dataDir' | 'keyFile'>,
  { clock, file }: { readonly clock: Clock; readonly file: string },
): Restored {
  if (!existsSync(file)) throw new RuleError('unknown_backup', { file })
  const problem = backupProblem(file)
  if (problem !== null) throw new RuleError('damaged_backup', { file, problem })
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const part = `${databaseFile}.part`
  let lock: Db | null = null
  try {
    copyFileSync(file, part)
    flush(part)
    const problemOfKey = keyProblemOf(part, file, keyFile)
    lock = existsSync(databaseFile) ? openAlone(databaseFile) : null
    const aside = join(dataDir, `before-restore-${backupName(clock.now())}`)
    const keptAside = lock && aside
    if (keptAside !== null) renameSync(databaseFile, keptAside)
    // The journal of a database file that was lost would be played into the restored one.
    if (existsSync(`${databaseFile}-wal`)) renameSync(`${databaseFile}-wal`, `${aside}-wal`)
    rmSync(`${databaseFile}-shm`, { force: true })
    renameSync(part, databaseFile)
    takeBackRoots(databaseFile, dataDir, aside)
    return { keptAside, keyProblem: problemOfKey }
  } catch (error) {
    throw inWords(error, dataDir)
  } finally {
    lock?.close()
    rmSync(part, { force: true })
  }
}

function takeBackRoots(databaseFile: string, dataDir: string, aside: string): void {
  const db = openDatabase(databaseFile, { busyTimeoutMs: 0, readOnly: true })
  try {
    restoreRoots(db, rootsFileIn(dataDir), aside.replace(/db$/, ROOTS_FILE))
  } finally {
    db.close()
  }
}

/** A connection that nobody else can be beside. */
function openAlone(databaseFile: string): Db {
  const db = openDatabase(databaseFile, { busyTimeoutMs: 0 })
  try {
    lockAlone(db)
    return db
  } catch (error) {
    db.close()
    const busy = (error as { code?: string }).code?.startsWith('SQLITE_BUSY')
    throw busy ? new RuleError('database_in_use') : error
  }
}

/** Of what is about to be restored: whether this code and the key at hand can use it. */
function keyProblemOf(part: string, file: string, keyFile: string): string | null {
  const db = openDatabase(part, { busyTimeoutMs: 0, readOnly: true })
  try {
    if (isNewer(db)) throw new RuleError('database_newer', { file })
    return keyProblem(db, keyFile)?.message ?? null
  } finally {
    db.close()
  }
}
