import type { Db } from './open.ts'

/** Folds the write-ahead log into the file and leaves no journal beside it; throws while anybody else has it open. */
export function foldIntoOneFile(db: Db): void {
  const mode = db.pragma('journal_mode = DELETE', { simple: true }) as string
  if (mode !== 'delete') throw Object.assign(new Error('the database is in use'), { code: 'SQLITE_BUSY' })
}

/** Takes the file for this connection alone until it is closed; throws while anybody else has it open. */
export function lockAlone(db: Db): void {
  db.pragma('locking_mode = EXCLUSIVE')
  foldIntoOneFile(db)
  db.exec('BEGIN EXCLUSIVE; COMMIT')
}
