import { sql } from 'drizzle-orm'
import { blob, index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { officers, units } from './catalogue.ts'
import { dossiers, events } from './dossiers.ts'

/**
 * Something dated into a closed period that waits for the head: the whole request is kept, sealed, so that nothing
 * typed is lost; approved, it is done as asked.
 */
export const correctionRequests = sqliteTable(
  'correction_requests',
  {
    id: integer().primaryKey(),
    /** The dossier it is about; null: a dossier to be entered. */
    dossierId: integer('dossier_id').references(() => dossiers.id),
    unitId: integer('unit_id')
      .notNull()
      .references(() => units.id),
    act: text().notNull(),
    /** The earliest day it changes. */
    day: text().notNull(),
    /** The request as JSON, sealed: it may hold personal data. Erased when decided. */
    request: blob({ mode: 'buffer' }),
    reason: text().notNull(),
    requestedBy: integer('requested_by').references(() => officers.id),
    requestedAt: integer('requested_at').notNull(),
    status: text({ enum: ['waiting', 'approved', 'rejected'] }).notNull(),
    decidedBy: integer('decided_by').references(() => officers.id),
    decidedAt: integer('decided_at'),
    decisionNote: text('decision_note'),
    /** The event it became. */
    eventId: integer('event_id').references(() => events.id),
  },
  (t) => [
    index('correction_requests_waiting').on(t.unitId, t.requestedAt).where(sql`status = 'waiting'`),
    index('correction_requests_dossier').on(t.dossierId),
    index('correction_requests_event').on(t.eventId),
  ],
)

/** A time in which the system was away and the counter worked on paper, declared by the head. */
export const outages = sqliteTable(
  'outages',
  {
    id: integer().primaryKey(),
    unitId: integer('unit_id')
      .notNull()
      .references(() => units.id),
    fromAt: integer('from_at').notNull(),
    /** Null while it lasts. */
    toAt: integer('to_at'),
    reason: text().notNull(),
    declaredBy: integer('declared_by').references(() => officers.id),
    declaredAt: integer('declared_at').notNull(),
  },
  (t) => [index('outages_unit').on(t.unitId, t.fromAt)],
)

/** Numbered slips printed beforehand for a counter without its system; each number is used once or cancelled. */
export const emergencySlips = sqliteTable(
  'emergency_slips',
  {
    id: integer().primaryKey(),
    unitId: integer('unit_id')
      .notNull()
      .references(() => units.id),
    number: text().notNull().unique(),
    printedAt: integer('printed_at').notNull(),
    printedBy: integer('printed_by').references(() => officers.id),
    dossierId: integer('dossier_id').references(() => dossiers.id),
    enteredAt: integer('entered_at'),
    cancelledAt: integer('cancelled_at'),
    cancelReason: text('cancel_reason'),
  },
  (t) => [
    index('emergency_slips_unit').on(t.unitId, t.id),
    uniqueIndex('emergency_slips_dossier').on(t.dossierId),
  ],
)
