import Database from 'better-sqlite3'

export type Db = Database.Database

export interface OpenOptions {
  /** How long a write may wait for another process, in ms. The HTTP service uses 0 and retries without blocking. */
  readonly busyTimeoutMs: number
  readonly readOnly?: boolean
}

/** Pages each connection keeps in memory. */
export const CACHE_KIB = 32_000

/** Opens the database file so that what is acknowledged is on disk: WAL, `synchronous=FULL`. */
export function openDatabase(file: string, options: OpenOptions): Db {
  const db = new Database(file, { timeout: options.busyTimeoutMs, readonly: options.readOnly === true })
  if (options.readOnly !== true) db.pragma('journal_mode = WAL')
  db.pragma('synchronous = FULL')
  // What is deleted or written over is gone from the file, too: from the log once a checkpoint has emptied it.
  db.pragma('secure_delete = ON')
  db.pragma('foreign_keys = ON')
  db.pragma('temp_store = MEMORY')
  db.pragma(`cache_size = -${CACHE_KIB}`)
  return db
}
