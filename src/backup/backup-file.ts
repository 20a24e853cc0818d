import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { copyDatabase } from '../../db/one-file.ts'
import { type Db, openDatabase } from '../../db/open.ts'
import { fileProblem } from '../../db/queries/table-counts.ts'
import { RuleError } from '../domain/refusals.ts'
import { inWords } from './disk-words.ts'
import { fileHash } from './file-hash.ts'

/** The newest copy that did not add up: no backup, but better than nothing where the database itself is lost. */
const NOT_A_BACKUP = 'not-a-backup.db'

/**
 * Copies the database to `file` while others work on it. The copy gets its name only when `problem` finds nothing
 * wrong with it, opened by itself; its SHA-256 stands beside it in a file that `sha256sum -c` reads. Returns that.
 */
export function makeBackupFile(db: Db, file: string, problem: (copy: Db) => string | null): string {
  const folder = dirname(file)
  const part = `${file}.part`
  mkdirSync(folder, { recursive: true })
  rmSync(part, { force: true })
  try {
    copyDatabase(db, part)
    flush(part)
    const found = whileOpen(part, problem)
    if (found !== null) {
      const aside = join(folder, NOT_A_BACKUP)
      renameSync(part, aside)
      throw new RuleError('copy_does_not_add_up', { file: aside, problem: found })
    }
    const sha256 = fileHash(part)
    writeFileSync(hashFileOf(file), `${sha256}  ${basename(file)}\n`)
    flush(hashFileOf(file))
    renameSync(part, file)
    return sha256
  } catch (error) {
    throw inWords(error, folder)
  } finally {
    rmSync(part, { force: true })
  }
}

/** What is wrong with a backup, null when it is sound: its hash (where one stands beside it) and its content. */
export function backupProblem(file: string): string | null {
  if (existsSync(hashFileOf(file)) && recordedHash(file) !== fileHash(file)) return 'sai mã SHA-256'
  try {
    return whileOpen(file, fileProblem)
  } catch (error) {
    return (error as Error).message
  }
}

/** The SHA-256 that a backup had when it was made. */
export function recordedHash(backup: string): string {
  return readFileSync(hashFileOf(backup), 'utf8').split(' ')[0]!
}

export function hashFileOf(backup: string): string {
  return `${backup}.sha256`
}

/** Makes sure that a file is on disk. */
export function flush(file: string): void {
  const handle = openSync(file, 'r+')
  fsyncSync(handle)
  closeSync(handle)
}

function whileOpen<T>(file: string, look: (db: Db) => T): T {
  const db = openDatabase(file, { busyTimeoutMs: 0, readOnly: true })
  try {
    return look(db)
  } finally {
    db.close()
  }
}
