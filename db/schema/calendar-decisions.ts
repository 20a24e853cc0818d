import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { calendarVersions, officers } from './catalogue.ts'
import { dossiers } from './dossiers.ts'

/** A recorded decision on the calendar: days added, removed, swapped, or a unit closed; each is a calendar version. */
export const calendarDecisions = sqliteTable('calendar_decisions', {
  id: integer().primaryKey(),
  title: text().notNull(),
  document: text().notNull(),
  calendarVersionId: integer('calendar_version_id')
    .notNull()
    .references(() => calendarVersions.id),
  recordedAt: integer('recorded_at').notNull(),
  actorId: integer('actor_id').references(() => officers.id),
  undoneAt: integer('undone_at'),
  undoneBy: integer('undone_by').references(() => officers.id),
  undoneVersionId: integer('undone_version_id').references(() => calendarVersions.id),
})

/** What a decision did to each open dossier it moved, so that it can be undone one by one. */
export const calendarMoves = sqliteTable(
  'calendar_moves',
  {
    decisionId: integer('decision_id')
      .notNull()
      .references(() => calendarDecisions.id),
    dossierId: integer('dossier_id')
      .notNull()
      .references(() => dossiers.id),
    dueBefore: integer('due_before').notNull(),
    dueAfter: integer('due_after').notNull(),
    appointmentBefore: integer('appointment_before'),
    appointmentAfter: integer('appointment_after'),
    lateBefore: text('late_before'),
    lateAfter: text('late_after'),
    /** `left`: something else had moved it since, or it had ended. */
    undo: text({ enum: ['none', 'undone', 'left'] })
      .notNull()
      .default('none'),
  },
  (t) => [
    primaryKey({ columns: [t.decisionId, t.dossierId] }),
    index('calendar_moves_dossier').on(t.dossierId),
  ],
)
