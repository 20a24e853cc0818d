import { type Db, openDatabase } from './open.ts'

const PATIENCE_MS = 5_000

/**
 * Writes what is committed at this moment into a new file: one file without a journal, densely packed. Whoever
 * writes meanwhile goes on writing; the connection may itself be in a transaction, which the copy does not see.
 */
export function copyDatabase(db: Db, file: string): void {
  const reader = openDatabase(db.name, { busyTimeoutMs: PATIENCE_MS, readOnly: true })
  try {
    reader.prepare('VACUUM INTO ?').run(file)
  } finally {
    reader.close()
  }
}

/** Takes the file for this connection alone until it is closed; throws while anybody else has it open. */
export function lockAlone(db: Db): void {
  db.pragma('locking_mode = EXCLUSIVE')
  // Folds the write-ahead log into the file and leaves no journal beside it.
  const mode = db.pragma('journal_mode = DELETE', { simple: true }) as string
  if (mode !== 'delete') throw Object.assign(new Error('the database is in use'), { code: 'SQLITE_BUSY' })
  db.exec('BEGIN EXCLUSIVE; COMMIT')
}
