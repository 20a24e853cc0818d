import { type MigrationMeta, readMigrationFiles } from 'drizzle-orm/migrator'
import type { Db } from './open.ts'
import { danglingRow, hasTable } from './queries/table-counts.ts'

const MIGRATIONS = new URL('./migrations', import.meta.url).pathname

export interface MigrationSetting {
  readonly folder?: string
  /**
   * Called before a database that already has a schema is changed, while nobody else can write: the last chance to
   * keep a copy of it. What it throws leaves the database as it is.
   */
  readonly beforeUpgrade?: (upgrade: Upgrade) => void
}

export interface Upgrade {
  /** Number of the newest migration that is to be applied, '0002'. */
  readonly to: string
}

/** How long a process waits for another one that is upgrading the same database, in ms. */
const UPGRADE_PATIENCE_MS = 30 * 60_000

/**
 * Brings the schema up to date in one transaction, all pending migrations or none; safe to repeat. Of two processes
 * that start at once one migrates, and the other waits and finds it done.
 */
export function migrateDatabase(db: Db, { folder = MIGRATIONS, beforeUpgrade }: MigrationSetting = {}): void {
  const known = readMigrationFiles({ migrationsFolder: folder })
  if (pending(db, known).length === 0) return
  const patience = db.pragma('busy_timeout', { simple: true }) as number
  db.pragma(`busy_timeout = ${UPGRADE_PATIENCE_MS}`)
  // A migration that makes a table anew drops the one others refer to; what it leaves is checked as a whole.
  db.pragma('foreign_keys = OFF')
  try {
    const upgrade = db.transaction(() => {
      const missing = pending(db, known)
      if (missing.length === 0) return
      if (missing.length < known.length) beforeUpgrade?.({ to: numberOf(known.length - 1) })
      for (const migration of missing) apply(db, migration)
      const dangling = danglingRow(db)
      if (dangling !== null) throw new Error(`FOREIGN KEY constraint failed: ${dangling}`)
    })
    upgrade.immediate()
  } finally {
    db.pragma('foreign_keys = ON')
    db.pragma(`busy_timeout = ${patience}`)
  }
}

/** Whether newer code has used this database: this code would not know what it holds. */
export function isNewer(db: Db, folder = MIGRATIONS): boolean {
  const known = readMigrationFiles({ migrationsFolder: folder }).map(({ folderMillis }) => folderMillis)
  return !appliedTo(db).isSubsetOf(new Set(known))
}

function pending(db: Db, known: readonly MigrationMeta[]): readonly MigrationMeta[] {
  const applied = appliedTo(db)
  return known.filter(({ folderMillis }) => !applied.has(folderMillis))
}

/** Migrations are told apart by the moment they were generated, as drizzle-kit tells them. */
function appliedTo(db: Db): ReadonlySet<number> {
  if (!hasTable(db, '__drizzle_migrations')) return new Set()
  return new Set(db.prepare<[], number>('SELECT created_at FROM __drizzle_migrations').pluck().all())
}

function apply(db: Db, { sql, hash, folderMillis }: MigrationMeta): void {
  // The table as drizzle makes it, so that its own tools can read what was applied.
  db.exec(
    'CREATE TABLE IF NOT EXISTS __drizzle_migrations (id SERIAL PRIMARY KEY, hash text NOT NULL, created_at numeric)',
  )
  for (const statement of sql) db.exec(statement)
  db.prepare('INSERT INTO __drizzle_migrations (hash, created_at) VALUES (?, ?)').run(hash, folderMillis)
}

function numberOf(index: number): string {
  return String(index).padStart(4, '0')
}
