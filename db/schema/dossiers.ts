import { sql } from 'drizzle-orm'
import { blob, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { CHANNELS } from '../../src/domain/counting/tally.ts'
import { FEE_PAYMENTS, STATES } from '../../src/domain/life-cycle/dossier.ts'
import { officers, procedures, procedureVersions, units } from './catalogue.ts'

/** Dossiers and their timelines. Instants are integer milliseconds, local days `YYYY-MM-DD`. */

const flag = (name: string) => integer(name, { mode: 'boolean' }).notNull()
const instant = (name: string) => integer(name)

/** People: erasable. Names and addresses in clear, ID and phone numbers sealed and found by keyed hashes. */
export const persons = sqliteTable(
  'persons',
  {
    id: integer().primaryKey(),
    name: text().notNull(),
    nameFolded: text('name_folded').notNull(),
    birthYear: integer('birth_year'),
    sex: text({ enum: ['male', 'female'] }),
    idNumberSealed: blob('id_number_sealed', { mode: 'buffer' }),
    idNumberHash: blob('id_number_hash', { mode: 'buffer' }),
    phoneSealed: blob('phone_sealed', { mode: 'buffer' }),
    phoneHash: blob('phone_hash', { mode: 'buffer' }),
    email: text(),
    /** Keyed hashes of the last four digits, for whoever remembers no more. */
    idTailHash: blob('id_tail_hash', { mode: 'buffer' }),
    phoneTailHash: blob('phone_tail_hash', { mode: 'buffer' }),
    address: text(),
    /** Particulars taken away on that moment; name and numbers are gone. */
    erasedAt: integer('erased_at'),
  },
  (t) => [
    index('persons_id_number').on(t.idNumberHash),
    index('persons_phone').on(t.phoneHash),
    index('persons_name').on(t.nameFolded),
    index('persons_id_tail').on(t.idTailHash).where(sql`id_tail_hash is not null`),
    index('persons_phone_tail').on(t.phoneTailHash).where(sql`phone_tail_hash is not null`),
  ],
)

/** How a due date arose: its strip of days, stored once however many dossiers share it. */
export const explanations = sqliteTable('explanations', {
  id: integer().primaryKey(),
  hash: text().notNull().unique(),
  strip: text().notNull(),
})

export const dossiers = sqliteTable(
  'dossiers',
  {
    id: integer().primaryKey(),
    version: integer().notNull(),
    code: text().unique(),
    slipNumber: text('slip_number'),
    applicantId: integer('applicant_id').references(() => persons.id),
    proxyId: integer('proxy_id').references(() => persons.id),
    /** First dossier of the sitting in which one citizen handed in several; null: alone. */
    sittingId: integer('sitting_id'),
    recordedAt: integer('recorded_at').notNull(),

    state: text({ enum: STATES }).notNull(),
    subState: text('sub_state', {
      enum: ['asked_before_acceptance', 'verifying', 'consulting', 'awaiting_signature'],
    }),
    channel: text({ enum: CHANNELS }).notNull(),
    assisted: flag('assisted'),
    kiosk: flag('kiosk'),
    byProxy: flag('by_proxy'),
    procedureId: integer('procedure_id')
      .notNull()
      .references(() => procedures.id),
    procedureVersionId: integer('procedure_version_id')
      .notNull()
      .references(() => procedureVersions.id),
    receivingUnitId: integer('receiving_unit_id')
      .notNull()
      .references(() => units.id),
    unitId: integer('unit_id')
      .notNull()
      .references(() => units.id),
    holderUnitId: integer('holder_unit_id')
      .notNull()
      .references(() => units.id),
    assigneeId: integer('assignee_id').references(() => officers.id),
    /** First day with this unit, by a reorganisation; null: from the start (rows of `dossier_units` otherwise). */
    unitSince: text('unit_since'),
    eligible: flag('eligible'),

    submittedAt: instant('submitted_at'),
    receivingDueAt: instant('receiving_due_at'),
    receivingDueOn: text('receiving_due_on'),
    receivedLate: flag('received_late'),
    refusedIntakeOn: text('refused_intake_on'),

    acceptedAt: instant('accepted_at'),
    acceptedOn: text('accepted_on'),
    receiptDay: text('receipt_day'),
    enteredLate: flag('entered_late'),
    transferDueAt: instant('transfer_due_at'),
    transferredAt: instant('transferred_at'),

    firstDueAt: instant('first_due_at'),
    dueAt: instant('due_at'),
    dueOn: text('due_on'),
    appointmentAt: instant('appointment_at'),
    clockStartedAt: instant('clock_started_at'),
    attended: flag('attended'),
    extensionDays: integer('extension_days').notNull(),
    lateOn: text('late_on'),
    pausedSince: instant('paused_since'),
    supplementCount: integer('supplement_count').notNull(),
    lateSupplementRequest: flag('late_supplement_request'),
    apologisedAt: instant('apologised_at'),
    apologyInTime: flag('apology_in_time'),
    reappointed: flag('reappointed'),

    resolvedAt: instant('resolved_at'),
    returnedAt: instant('returned_at'),
    endedAt: instant('ended_at'),
    endedOn: text('ended_on'),
    endKind: text('end_kind', { enum: ['result', 'withdrawn', 'stopped'] }),
    endClass: text('end_class', { enum: ['early', 'on_time', 'late'] }),
    endEnteredLate: flag('end_entered_late').default(false),
    outcome: text({ enum: ['granted', 'partly', 'refused'] }),
    overdueReason: text('overdue_reason'),
    returnMode: text('return_mode', { enum: ['counter', 'postal', 'online'] }).notNull(),
    returnedMode: text('returned_mode', { enum: ['counter', 'postal', 'online'] }),

    quantity: integer().notNull(),
    fee: integer().notNull(),
    feePaidAt: instant('fee_paid_at'),
    feePayment: text('fee_payment', { enum: FEE_PAYMENTS }),
    digitised: flag('digitised'),
    eResult: flag('e_result'),
    explanationId: integer('explanation_id').references(() => explanations.id),
    lastOccurredAt: integer('last_occurred_at').notNull(),
  },
  (t) => [
    index('dossiers_unit_received').on(t.unitId, t.acceptedOn),
    index('dossiers_unit_ended').on(t.unitId, t.endedOn),
    index('dossiers_receiving_received').on(t.receivingUnitId, t.acceptedOn),
    index('dossiers_applicant').on(t.applicantId),
    index('dossiers_proxy').on(t.proxyId).where(sql`proxy_id is not null`),
    index('dossiers_sitting').on(t.sittingId).where(sql`sitting_id is not null`),
    index('dossiers_late').on(t.unitId, t.lateOn).where(sql`late_on is not null`),
    index('dossiers_moved').on(t.unitSince).where(sql`unit_since is not null`),
    index('dossiers_pending').on(t.unitId, t.dueAt).where(sql`accepted_at is not null and ended_at is null`),
    index('dossiers_assigned')
      .on(t.assigneeId, t.dueAt)
      .where(sql`accepted_at is not null and ended_at is null`),
    index('dossiers_to_receive').on(t.receivingUnitId, t.receivingDueAt).where(sql`state = 'submitted'`),
    index('dossiers_fee_paid').on(t.receivingUnitId, t.feePaidAt).where(sql`fee_paid_at is not null`),
    index('dossiers_to_return').on(t.receivingUnitId, t.resolvedAt).where(sql`state = 'result_ready'`),
  ],
)

/** The timeline: append-only. `changes` holds the columns of the dossier that the act set (ids, enums, dates). */
export const events = sqliteTable(
  'events',
  {
    id: integer().primaryKey(),
    dossierId: integer('dossier_id')
      .notNull()
      .references(() => dossiers.id),
    seq: integer().notNull(),
    act: text().notNull(),
    occurredAt: integer('occurred_at').notNull(),
    recordedAt: integer('recorded_at').notNull(),
    actorId: integer('actor_id').references(() => officers.id),
    /** For whom the actor stood in; null: in their own right. */
    onBehalfOfId: integer('on_behalf_of_id').references(() => officers.id),
    changes: text().notNull(),
  },
  (t) => [uniqueIndex('events_seq').on(t.dossierId, t.seq)],
)

/** Free text of people: notes, reasons. Erasable, so never in an event. */
export const dossierTexts = sqliteTable(
  'dossier_texts',
  {
    id: integer().primaryKey(),
    dossierId: integer('dossier_id')
      .notNull()
      .references(() => dossiers.id),
    seq: integer().notNull(),
    kind: text({ enum: ['note', 'reason'] }).notNull(),
    text: text().notNull(),
  },
  (t) => [index('dossier_texts_dossier').on(t.dossierId)],
)

/** The checklist as it was handed in. */
export const dossierPapers = sqliteTable(
  'dossier_papers',
  {
    dossierId: integer('dossier_id')
      .notNull()
      .references(() => dossiers.id),
    position: integer().notNull(),
    name: text().notNull(),
    form: text({ enum: ['original', 'copy', 'electronic'] }).notNull(),
    copies: integer().notNull(),
    digitised: flag('digitised'),
  },
  (t) => [primaryKey({ columns: [t.dossierId, t.position] })],
)

export const pauses = sqliteTable(
  'pauses',
  {
    id: integer().primaryKey(),
    dossierId: integer('dossier_id')
      .notNull()
      .references(() => dossiers.id),
    kind: text({ enum: ['supplement', 'payment', 'verification', 'consultation', 'other'] }).notNull(),
    policy: text({ enum: ['restart', 'resume', 'no_effect'] }).notNull(),
    fromAt: integer('from_at').notNull(),
    toAt: integer('to_at'),
    dueAt: integer('due_at'),
  },
  (t) => [index('pauses_dossier').on(t.dossierId)],
)

/** Who had the dossier at the end of each day on which that changed; no row while it never changed hands. */
export const dossierStays = sqliteTable(
  'dossier_stays',
  {
    dossierId: integer('dossier_id')
      .notNull()
      .references(() => dossiers.id),
    fromOn: text('from_on').notNull(),
    officerId: integer('officer_id').notNull(),
  },
  (t) => [primaryKey({ columns: [t.dossierId, t.fromOn] })],
)

/** Which units a dossier belonged to, from its first day to its last one; no row while it never moved. */
export const dossierUnits = sqliteTable(
  'dossier_units',
  {
    dossierId: integer('dossier_id')
      .notNull()
      .references(() => dossiers.id),
    /** `0000-00-00` in the first row. */
    fromOn: text('from_on').notNull(),
    /** Last day; `9999-12-31` in the last row. */
    toOn: text('to_on').notNull(),
    unitId: integer('unit_id')
      .notNull()
      .references(() => units.id),
    receivingUnitId: integer('receiving_unit_id')
      .notNull()
      .references(() => units.id),
  },
  (t) => [
    primaryKey({ columns: [t.dossierId, t.fromOn] }),
    index('dossier_units_unit').on(t.unitId),
    index('dossier_units_receiving').on(t.receivingUnitId),
  ],
)

/** Days counted overdue and cleared since by a calendar decision: from the first of them to the day of the decision. */
export const overdueSpells = sqliteTable(
  'overdue_spells',
  {
    dossierId: integer('dossier_id')
      .notNull()
      .references(() => dossiers.id),
    fromOn: text('from_on').notNull(),
    toOn: text('to_on').notNull(),
  },
  (t) => [primaryKey({ columns: [t.dossierId, t.fromOn] })],
)

/** The parts of an inter-agency dossier, each with its own limit. */
export const dossierSteps = sqliteTable(
  'dossier_steps',
  {
    dossierId: integer('dossier_id')
      .notNull()
      .references(() => dossiers.id),
    position: integer().notNull(),
    name: text().notNull(),
    actor: text().notNull(),
    limitText: text('limit_text'),
    startedAt: integer('started_at'),
    dueAt: integer('due_at'),
    endedAt: integer('ended_at'),
  },
  (t) => [primaryKey({ columns: [t.dossierId, t.position] })],
)

/** Last number given, by agency code (or kind of slip) and day: TT 01/2018 art 19. */
export const codeSequences = sqliteTable(
  'code_sequences',
  { agencyCode: text('agency_code').notNull(), day: text().notNull(), last: integer().notNull() },
  (t) => [primaryKey({ columns: [t.agencyCode, t.day] })],
)

/** What an idempotent request did, for 48 hours: ids and a status, no personal data. */
export const idempotencyKeys = sqliteTable(
  'idempotency_keys',
  {
    actorId: integer('actor_id').notNull(),
    operation: text().notNull(),
    key: text().notNull(),
    requestHash: text('request_hash').notNull(),
    outcome: text().notNull(),
    createdAt: integer('created_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.actorId, t.operation, t.key] }),
    index('idempotency_keys_created').on(t.createdAt),
  ],
)
