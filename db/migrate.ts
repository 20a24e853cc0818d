import { drizzle } from 'drizzle-orm/better-sqlite3'
import { migrate } from 'drizzle-orm/better-sqlite3/migrator'
import type { Db } from './open.ts'

const MIGRATIONS = new URL('./migrations', import.meta.url).pathname

/** Brings the schema up to date; safe to repeat. */
export function migrateDatabase(db: Db): void {
  migrate(drizzle(db), { migrationsFolder: MIGRATIONS })
}
