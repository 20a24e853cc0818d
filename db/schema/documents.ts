import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { officers } from './catalogue.ts'
import { dossiers } from './dossiers.ts'

/**
 * Documents as issued: the bytes lie immutable in DATA_DIR/documents under their SHA-256, printing again serves them.
 * A document made anew is the next version; the one before is void and keeps its row.
 */
export const documents = sqliteTable(
  'documents',
  {
    id: integer().primaryKey(),
    kind: text().notNull(),
    /** What it is about: a dossier's code, `2023-W10|r1|xa-ngoc-ky`, a batch of slips. */
    subject: text().notNull(),
    version: integer().notNull(),
    dossierId: integer('dossier_id').references(() => dossiers.id),
    /** Version of the dossier's row it shows. */
    dossierVersion: integer('dossier_version'),
    template: text().notNull(),
    mediaType: text('media_type').notNull(),
    sha256: text().notNull(),
    bytes: integer().notNull(),
    issuedAt: integer('issued_at').notNull(),
    issuedBy: integer('issued_by').references(() => officers.id),
    voidedAt: integer('voided_at'),
    /** Why: replaced, corrected, dossier voided. */
    voidCause: text('void_cause'),
    /** Its bytes were taken away with the people it named; the row stays. */
    erasedAt: integer('erased_at'),
  },
  (t) => [
    uniqueIndex('documents_version').on(t.kind, t.subject, t.version),
    index('documents_dossier').on(t.dossierId),
    index('documents_hash').on(t.sha256),
  ],
)
