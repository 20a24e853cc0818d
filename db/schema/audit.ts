import { sql } from 'drizzle-orm'
import { blob, index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/**
 * The audit: append-only, each entry carries the hash of the one before. Ids, enums, dates and keyed hashes only, so
 * that erasing a person leaves the chain whole.
 */
export const auditEntries = sqliteTable(
  'audit_entries',
  {
    id: integer().primaryKey(),
    at: integer().notNull(),
    kind: text().notNull(),
    /** Officer; null: the system itself. */
    actorId: integer('actor_id'),
    dossierId: integer('dossier_id'),
    /** JSON of what belongs to the kind. */
    data: text().notNull(),
    /** SHA-256 of this entry and the hash before it. */
    hash: blob({ mode: 'buffer' }).notNull(),
  },
  (t) => [
    index('audit_entries_actor').on(t.actorId, t.id).where(sql`actor_id is not null`),
    index('audit_entries_dossier').on(t.dossierId, t.id).where(sql`dossier_id is not null`),
  ],
)

/** Where the chain stood at the end of each day, sealed with the installation's key. */
export const auditRoots = sqliteTable('audit_roots', {
  day: text().primaryKey(),
  lastId: integer('last_id').notNull(),
  hash: blob({ mode: 'buffer' }).notNull(),
  seal: blob({ mode: 'buffer' }).notNull(),
  /** Events recorded up to this root, and the hash of those since the root before. */
  lastEventId: integer('last_event_id').notNull(),
  eventsHash: blob('events_hash', { mode: 'buffer' }).notNull(),
  recordedAt: integer('recorded_at').notNull(),
})
