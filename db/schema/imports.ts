import { sql } from 'drizzle-orm'
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { officers } from './catalogue.ts'

/** Every register that came in by page, API or command line; the file itself is kept under its hash for a while. */
export const imports = sqliteTable(
  'imports',
  {
    id: integer().primaryKey(),
    sha256: text().notNull(),
    name: text().notNull(),
    bytes: integer().notNull(),
    uploadedAt: integer('uploaded_at').notNull(),
    uploadedBy: integer('uploaded_by').references(() => officers.id),
    /** JSON: how the file is to be read, where a guess was corrected. */
    options: text().notNull(),
    /** `uploaded`: to be checked; `checked`: read, nothing written; `waiting`: to be written; `refused`: nothing was. */
    status: text({ enum: ['uploaded', 'checked', 'waiting', 'running', 'done', 'refused'] }).notNull(),
    acceptChanges: integer('accept_changes', { mode: 'boolean' }).notNull(),
    /** Host and process of the run. */
    runner: text(),
    startedAt: integer('started_at'),
    finishedAt: integer('finished_at'),
    rowsDone: integer('rows_done').notNull(),
    rowsTotal: integer('rows_total').notNull(),
    /** JSON of the newest report. */
    report: text(),
  },
  (t) => [
    index('imports_file').on(t.sha256),
    index('imports_running').on(t.id).where(sql`status = 'running'`),
  ],
)

/** People written ahead of the dossiers of a run: in no list until it is done, removed if it dies. */
export const importPieces = sqliteTable(
  'import_pieces',
  {
    importId: integer('import_id')
      .notNull()
      .references(() => imports.id),
    firstPersonId: integer('first_person_id').notNull(),
    lastPersonId: integer('last_person_id').notNull(),
  },
  (t) => [primaryKey({ columns: [t.importId, t.firstPersonId] })],
)
