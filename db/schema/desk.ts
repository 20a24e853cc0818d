import { sql } from 'drizzle-orm'
import { blob, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { officers, units } from './catalogue.ts'
import { documents } from './documents.ts'
import { dossiers } from './dossiers.ts'

/** What the desk keeps beside the dossiers. Instants are integer milliseconds, local days `YYYY-MM-DD`. */

const instant = (name: string) => integer(name)
const officer = (name: string) => integer(name).references(() => officers.id)
const dossier = () =>
  integer('dossier_id')
    .notNull()
    .references(() => dossiers.id)

/** Files that belong to a dossier; the bytes lie in DATA_DIR/attachments under their SHA-256. Erasable. */
export const attachments = sqliteTable(
  'attachments',
  {
    id: integer().primaryKey(),
    dossierId: dossier(),
    name: text().notNull(),
    mediaType: text('media_type').notNull(),
    bytes: integer().notNull(),
    sha256: text().notNull(),
    addedAt: instant('added_at').notNull(),
    addedById: officer('added_by_id'),
    removedAt: instant('removed_at'),
    removedById: officer('removed_by_id'),
  },
  (t) => [index('attachments_dossier').on(t.dossierId), index('attachments_hash').on(t.sha256)],
)

/** A list somebody has put together and named: the query of its address. */
export const savedViews = sqliteTable(
  'saved_views',
  {
    id: integer().primaryKey(),
    officerId: integer('officer_id')
      .notNull()
      .references(() => officers.id),
    name: text().notNull(),
    query: text().notNull(),
    position: integer().notNull(),
  },
  (t) => [uniqueIndex('saved_views_name').on(t.officerId, t.name)],
)

/** A hand-over of paper folders from one unit to another or to a person of the same, with the sheet both sign. */
export const handOvers = sqliteTable(
  'hand_overs',
  {
    id: integer().primaryKey(),
    number: text().notNull().unique(),
    fromUnitId: integer('from_unit_id')
      .notNull()
      .references(() => units.id),
    toUnitId: integer('to_unit_id')
      .notNull()
      .references(() => units.id),
    sentAt: instant('sent_at').notNull(),
    sentById: officer('sent_by_id'),
    /** To whom of the receiving unit; null: to the unit. */
    toOfficerId: officer('to_officer_id'),
    documentId: integer('document_id').references(() => documents.id),
  },
  (t) => [index('hand_overs_to').on(t.toUnitId, t.sentAt), index('hand_overs_from').on(t.fromUnitId)],
)

/** Where the paper folder of a dossier is on its way: sent, and acknowledged by whoever scanned it. */
export const handOverFolders = sqliteTable(
  'hand_over_folders',
  {
    handOverId: integer('hand_over_id')
      .notNull()
      .references(() => handOvers.id),
    dossierId: dossier(),
    toUnitId: integer('to_unit_id')
      .notNull()
      .references(() => units.id),
    sentAt: instant('sent_at').notNull(),
    receivedAt: instant('received_at'),
    receivedById: officer('received_by_id'),
    /** Taken back by who had sent it, before it came. */
    recalledAt: instant('recalled_at'),
  },
  (t) => [
    primaryKey({ columns: [t.handOverId, t.dossierId] }),
    index('hand_over_folders_dossier').on(t.dossierId, t.sentAt),
    index('hand_over_folders_received').on(t.toUnitId, t.receivedAt).where(sql`received_at is not null`),
    index('hand_over_folders_open')
      .on(t.toUnitId, t.sentAt)
      .where(sql`received_at is null and recalled_at is null`),
  ],
)

/** Receipts for fees taken (biên lai): a number is never used twice, a voided one keeps its row. */
export const feeReceipts = sqliteTable(
  'fee_receipts',
  {
    id: integer().primaryKey(),
    number: text().notNull().unique(),
    dossierId: dossier(),
    unitId: integer('unit_id')
      .notNull()
      .references(() => units.id),
    /** đồng */
    amount: integer().notNull(),
    payment: text({ enum: ['cash', 'transfer', 'online'] }).notNull(),
    takenAt: instant('taken_at').notNull(),
    takenOn: text('taken_on').notNull(),
    takenById: officer('taken_by_id'),
    voidedAt: instant('voided_at'),
    voidedOn: text('voided_on'),
    voidedById: officer('voided_by_id'),
    voidReason: text('void_reason'),
  },
  (t) => [
    index('fee_receipts_day').on(t.unitId, t.takenOn),
    index('fee_receipts_voided').on(t.unitId, t.voidedOn).where(sql`voided_on is not null`),
    index('fee_receipts_dossier').on(t.dossierId),
  ],
)

/** The end of a day at a desk: what tied, what did not, and the register as it was signed. */
export const dayCloses = sqliteTable(
  'day_closes',
  {
    id: integer().primaryKey(),
    unitId: integer('unit_id')
      .notNull()
      .references(() => units.id),
    day: text().notNull(),
    /** JSON of the counts and of the cash. */
    figures: text().notNull(),
    closedAt: instant('closed_at').notNull(),
    closedById: officer('closed_by_id'),
    documentId: integer('document_id').references(() => documents.id),
  },
  (t) => [uniqueIndex('day_closes_day').on(t.unitId, t.day)],
)

/** Messages to citizens: held for some minutes, then sent, once. Address and text are sealed and erasable. */
export const messages = sqliteTable(
  'messages',
  {
    id: integer().primaryKey(),
    dossierId: dossier(),
    template: text().notNull(),
    channel: text({ enum: ['email', 'sms', 'zalo'] }).notNull(),
    toSealed: blob('to_sealed', { mode: 'buffer' }),
    textSealed: blob('text_sealed', { mode: 'buffer' }),
    /** Version of the dossier it speaks of. */
    dossierVersion: integer('dossier_version').notNull(),
    createdAt: instant('created_at').notNull(),
    createdById: officer('created_by_id'),
    /** Not before then. */
    sendAt: instant('send_at').notNull(),
    status: text({ enum: ['held', 'sending', 'sent', 'stopped', 'failed'] }).notNull(),
    attempts: integer().notNull(),
    settledAt: instant('settled_at'),
    error: text(),
  },
  (t) => [
    index('messages_dossier').on(t.dossierId),
    index('messages_due').on(t.sendAt).where(sql`status in ('held', 'sending')`),
  ],
)

/** Intakes made to practise: no dossier, no number, no count. */
export const trainingIntakes = sqliteTable(
  'training_intakes',
  {
    id: integer().primaryKey(),
    officerId: officer('officer_id'),
    /** Sealed JSON of what was typed. */
    intakeSealed: blob('intake_sealed', { mode: 'buffer' }).notNull(),
    madeAt: instant('made_at').notNull(),
  },
  (t) => [index('training_intakes_officer').on(t.officerId, t.madeAt)],
)
