import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'

/** The truth about jobs: one row a job, subject and version; a run claims its row before it starts. */
export const jobRuns = sqliteTable(
  'job_runs',
  {
    id: integer().primaryKey(),
    job: text().notNull(),
    subject: text().notNull(),
    version: integer().notNull(),
    runner: text().notNull(),
    startedAt: integer('started_at').notNull(),
    finishedAt: integer('finished_at'),
    outcome: text({ enum: ['running', 'done', 'failed'] }).notNull(),
    rows: integer(),
    checksum: text(),
    detail: text(),
    attempts: integer().notNull(),
  },
  (t) => [
    uniqueIndex('job_runs_subject').on(t.job, t.subject, t.version),
    index('job_runs_started').on(t.startedAt),
  ],
)

/** Work that requests hand to the workers: written in their transaction, drained by the worker. */
export const outbox = sqliteTable('outbox', {
  id: integer().primaryKey(),
  job: text().notNull(),
  payload: text().notNull(),
  createdAt: integer('created_at').notNull(),
  sentAt: integer('sent_at'),
})

/** What a person must look at: a recount that differs, a closing that is late, a backup that failed. */
export const alarms = sqliteTable(
  'alarms',
  {
    id: integer().primaryKey(),
    kind: text().notNull(),
    subject: text().notNull(),
    detail: text().notNull(),
    raisedAt: integer('raised_at').notNull(),
    clearedAt: integer('cleared_at'),
  },
  (t) => [index('alarms_open').on(t.kind, t.subject)],
)
