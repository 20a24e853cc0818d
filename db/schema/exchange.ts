import { sql } from 'drizzle-orm'
import { blob, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { officers, units } from './catalogue.ts'
import { periods } from './counting.ts'
import { events } from './dossiers.ts'

/** Addresses that are told of dossier events. */
export const webhooks = sqliteTable('webhooks', {
  id: integer().primaryKey(),
  label: text().notNull(),
  url: text().notNull(),
  /** Signing secret, sealed. */
  secret: blob({ mode: 'buffer' }).notNull(),
  /** JSON of the acts it is told of; null: all. */
  acts: text(),
  /** Only of dossiers this unit receives or resolves; null: all. */
  unitId: integer('unit_id').references(() => units.id),
  createdAt: integer('created_at').notNull(),
  createdBy: integer('created_by').references(() => officers.id),
  pausedAt: integer('paused_at'),
  /** Newest event that was looked at for it. */
  lastEventId: integer('last_event_id').notNull(),
})

/** One message to one address: the same bytes at every attempt, until it is taken or given up. */
export const webhookDeliveries = sqliteTable(
  'webhook_deliveries',
  {
    id: integer().primaryKey(),
    webhookId: integer('webhook_id')
      .notNull()
      .references(() => webhooks.id),
    eventId: integer('event_id')
      .notNull()
      .references(() => events.id),
    /** JSON without personal data. */
    body: text().notNull(),
    status: text({ enum: ['waiting', 'delivered', 'given_up'] }).notNull(),
    attempts: integer().notNull(),
    nextAt: integer('next_at'),
    lastStatus: integer('last_status'),
    lastError: text('last_error'),
    createdAt: integer('created_at').notNull(),
    deliveredAt: integer('delivered_at'),
  },
  (t) => [
    uniqueIndex('webhook_deliveries_event').on(t.webhookId, t.eventId),
    index('webhook_deliveries_due').on(t.nextAt).where(sql`status = 'waiting'`),
  ],
)

/** Of an installation that feeds a parent: which revisions were sent and what became of them. */
export const feedSent = sqliteTable(
  'feed_sent',
  {
    periodKey: text('period_key')
      .notNull()
      .references(() => periods.key),
    unitId: integer('unit_id')
      .notNull()
      .references(() => units.id),
    revision: integer().notNull(),
    sentAt: integer('sent_at').notNull(),
    attempts: integer().notNull(),
    acknowledgedAt: integer('acknowledged_at'),
    /** Why the parent refused it. */
    refusal: text(),
  },
  (t) => [primaryKey({ columns: [t.periodKey, t.unitId, t.revision] })],
)

/** Of a parent: the installations that feed it. */
export const feedChildren = sqliteTable('feed_children', {
  id: integer().primaryKey(),
  installation: text().notNull().unique(),
  label: text().notNull(),
  publicKey: text('public_key').notNull(),
  sinceOn: text('since_on').notNull(),
  untilOn: text('until_on'),
  addedAt: integer('added_at').notNull(),
})

/** Which units of the parent's map a child answers for. */
export const feedUnits = sqliteTable(
  'feed_units',
  {
    childId: integer('child_id')
      .notNull()
      .references(() => feedChildren.id),
    unitId: integer('unit_id')
      .notNull()
      .references(() => units.id),
  },
  (t) => [primaryKey({ columns: [t.childId, t.unitId] }), uniqueIndex('feed_units_unit').on(t.unitId)],
)

/** Every revision that arrived, by what makes it one: installation, unit, period, revision. */
export const feedReceived = sqliteTable(
  'feed_received',
  {
    childId: integer('child_id')
      .notNull()
      .references(() => feedChildren.id),
    unitId: integer('unit_id')
      .notNull()
      .references(() => units.id),
    periodKey: text('period_key').notNull(),
    revision: integer().notNull(),
    receivedAt: integer('received_at').notNull(),
    closedAt: integer('closed_at').notNull(),
    hash: text().notNull(),
    /** The signed message as it came. */
    message: text().notNull(),
    signature: text().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.childId, t.unitId, t.periodKey, t.revision] }),
    index('feed_received_period').on(t.periodKey),
  ],
)

/** Runs of the register that a folder or a schedule brings in by itself: the same file is taken once. */
export const watchedFiles = sqliteTable(
  'watched_files',
  {
    id: integer().primaryKey(),
    folder: text().notNull(),
    name: text().notNull(),
    sha256: text().notNull(),
    foundAt: integer('found_at').notNull(),
    outcome: text({ enum: ['waiting', 'applied', 'refused'] }).notNull(),
    /** JSON of the report: counts and the first problems by row and column. */
    report: text(),
  },
  (t) => [uniqueIndex('watched_files_content').on(t.folder, t.sha256)],
)
