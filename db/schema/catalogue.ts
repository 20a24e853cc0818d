import {
  type AnySQLiteColumn,
  index,
  integer,
  primaryKey,
  real,
  sqliteTable,
  text,
  uniqueIndex,
} from 'drizzle-orm/sqlite-core'
import { UNIT_ROLES } from '../../src/accounts/roles.ts'

/** Shifts in minutes since midnight, by ISO weekday 1–7. */
type ShiftsByWeekday = Readonly<Partial<Record<number, readonly (readonly [number, number])[]>>>

/** Reference data: dated, never deleted. Days are `YYYY-MM-DD`; `valid_to` is the last day, null while in force. */

export const units = sqliteTable('units', {
  id: integer().primaryKey(),
  key: text().notNull().unique(),
  kind: text({ enum: ['shop_and_resolver', 'resolver', 'shop', 'grouping'] }).notNull(),
  /** A body of the central line (police, tax, insurance, land registry): shown apart, not ranked. */
  vertical: integer({ mode: 'boolean' }).notNull(),
  receivingShopId: integer('receiving_shop_id').references((): AnySQLiteColumn => units.id),
})

export const unitVersions = sqliteTable(
  'unit_versions',
  {
    id: integer().primaryKey(),
    unitId: integer('unit_id')
      .notNull()
      .references(() => units.id),
    name: text().notNull(),
    shortName: text('short_name').notNull(),
    level: text({ enum: ['province', 'district', 'commune', 'department', 'centre'] }).notNull(),
    gsoCode: text('gso_code'),
    agencyCode: text('agency_code').notNull(),
    codeFormat: text('code_format', { enum: ['tt01_2018', 'qd20_2020'] }).notNull(),
    parentUnitId: integer('parent_unit_id').references(() => units.id),
    validFrom: text('valid_from').notNull(),
    validTo: text('valid_to'),
    document: text(),
  },
  (t) => [uniqueIndex('unit_versions_from').on(t.unitId, t.validFrom)],
)

/** How citizens reach a unit, from a moment on: printed on its slips. All null: nothing is said any more. */
export const unitContacts = sqliteTable(
  'unit_contacts',
  {
    unitId: integer('unit_id')
      .notNull()
      .references(() => units.id),
    since: integer().notNull(),
    phone: text(),
    email: text(),
    address: text(),
  },
  (t) => [primaryKey({ columns: [t.unitId, t.since] })],
)

export const unitLineage = sqliteTable('unit_lineage', {
  id: integer().primaryKey(),
  fromUnitId: integer('from_unit_id')
    .notNull()
    .references(() => units.id),
  toUnitId: integer('to_unit_id')
    .notNull()
    .references(() => units.id),
  kind: text({ enum: ['merge', 'split_part', 'rename', 'transfer_function'] }).notNull(),
  onDay: text('on_day').notNull(),
  document: text().notNull(),
  share: real(),
})

/** A decision that changes units on a day: versions and lineage are dated rows, open dossiers move when it is applied. */
export const reorganisations = sqliteTable(
  'reorganisations',
  {
    id: integer().primaryKey(),
    onDay: text('on_day').notNull(),
    document: text().notNull(),
    title: text().notNull(),
    /** JSON of what was asked for: closes, opens, lineage, who takes over which dossiers, officers. */
    plan: text().notNull(),
    recordedAt: integer('recorded_at').notNull(),
    actorId: integer('actor_id').references(() => officers.id),
    /** Null while its day has not come. */
    appliedAt: integer('applied_at'),
    movedDossiers: integer('moved_dossiers'),
  },
  (t) => [uniqueIndex('reorganisations_document').on(t.document, t.onDay)],
)

export const fields = sqliteTable('fields', {
  id: integer().primaryKey(),
  slug: text().notNull().unique(),
  name: text().notNull(),
  code: text().notNull(),
})

export const regimes = sqliteTable('regimes', {
  id: integer().primaryKey(),
  key: text().notNull().unique(),
  name: text().notNull(),
  validFrom: text('valid_from').notNull(),
  validTo: text('valid_to'),
  supplementExpiryDays: integer('supplement_expiry_days'),
  supplementExpiryVerified: integer('supplement_expiry_verified', { mode: 'boolean' }).notNull(),
  channelLabels: text('channel_labels', { mode: 'json' }).$type<Record<string, string>>().notNull(),
})

export const procedures = sqliteTable('procedures', {
  id: integer().primaryKey(),
  code: text().notNull().unique(),
  name: text().notNull(),
  fieldId: integer('field_id')
    .notNull()
    .references(() => fields.id),
  level: text({ enum: ['commune', 'district'] }).notNull(),
  interAgency: integer('inter_agency', { mode: 'boolean' }).notNull(),
  resolverUnitId: integer('resolver_unit_id').references(() => units.id),
})

const policy = (name: string) => text(name, { enum: ['restart', 'resume', 'no_effect'] }).notNull()

export const procedureVersions = sqliteTable(
  'procedure_versions',
  {
    id: integer().primaryKey(),
    procedureId: integer('procedure_id')
      .notNull()
      .references(() => procedures.id),
    validFrom: text('valid_from').notNull(),
    validTo: text('valid_to'),
    limitText: text('limit_text').notNull(),
    cutoffMinute: integer('cutoff_minute'),
    mode: text({ enum: ['day_end', 'hour_exact'] }).notNull(),
    lateness: text({ enum: ['date', 'minute'] }).notNull(),
    onlineLevel: integer('online_level'),
    onlineMode: text('online_mode', { enum: ['full', 'partial'] }),
    fee: integer().notNull(),
    feeNote: text('fee_note'),
    instant: integer({ mode: 'boolean' }).notNull(),
    supplementPolicy: text('supplement_policy', { enum: ['restart', 'resume'] }).notNull(),
    paymentPolicy: policy('payment_policy'),
    verificationPolicy: policy('verification_policy'),
    consultationPolicy: policy('consultation_policy'),
    extensionDays: integer('extension_days'),
    publicationDecision: text('publication_decision'),
    verified: integer({ mode: 'boolean' }).notNull(),
    source: text().notNull(),
  },
  (t) => [uniqueIndex('procedure_versions_from').on(t.procedureId, t.validFrom)],
)

export const procedureComponents = sqliteTable(
  'procedure_components',
  {
    id: integer().primaryKey(),
    procedureVersionId: integer('procedure_version_id')
      .notNull()
      .references(() => procedureVersions.id),
    position: integer().notNull(),
    name: text().notNull(),
    original: integer({ mode: 'boolean' }).notNull(),
    copies: integer().notNull(),
    required: integer({ mode: 'boolean' }).notNull(),
  },
  (t) => [uniqueIndex('procedure_components_position').on(t.procedureVersionId, t.position)],
)

export const procedureSteps = sqliteTable(
  'procedure_steps',
  {
    id: integer().primaryKey(),
    procedureVersionId: integer('procedure_version_id')
      .notNull()
      .references(() => procedureVersions.id),
    position: integer().notNull(),
    name: text().notNull(),
    actor: text().notNull(),
    limitText: text('limit_text'),
  },
  (t) => [uniqueIndex('procedure_steps_position').on(t.procedureVersionId, t.position)],
)

export const officers = sqliteTable('officers', {
  id: integer().primaryKey(),
  key: text().notNull().unique(),
  name: text().notNull(),
})

export const memberships = sqliteTable(
  'memberships',
  {
    id: integer().primaryKey(),
    officerId: integer('officer_id')
      .notNull()
      .references(() => officers.id),
    unitId: integer('unit_id')
      .notNull()
      .references(() => units.id),
    role: text({ enum: UNIT_ROLES }).notNull(),
    title: text().notNull(),
    validFrom: text('valid_from').notNull(),
    validTo: text('valid_to'),
    fieldSlugs: text('field_slugs', { mode: 'json' }).$type<readonly string[]>().notNull(),
  },
  (t) => [index('memberships_officer').on(t.officerId), index('memberships_unit').on(t.unitId)],
)

/** One row for each decision that changed the calendar; the newest row's label is the calendar's version. */
export const calendarVersions = sqliteTable('calendar_versions', {
  id: integer().primaryKey(),
  label: text().notNull().unique(),
  document: text().notNull(),
  decidedThrough: integer('decided_through').notNull(),
  recordedAt: integer('recorded_at').notNull(),
})

/** Days that differ from the weekly rhythm, for all units or for one. `removed_in` null while in force. */
export const calendarDays = sqliteTable(
  'calendar_days',
  {
    id: integer().primaryKey(),
    date: text().notNull(),
    unitId: integer('unit_id').references(() => units.id),
    kind: text({ enum: ['holiday', 'compensatory', 'swap_off', 'make_up', 'closure'] }).notNull(),
    name: text().notNull(),
    document: text(),
    provisional: integer({ mode: 'boolean' }).notNull(),
    addedIn: integer('added_in')
      .notNull()
      .references(() => calendarVersions.id),
    removedIn: integer('removed_in').references(() => calendarVersions.id),
  },
  (t) => [index('calendar_days_date').on(t.date)],
)

/** Weekly opening hours from a day on; `unit_id` null for every unit without hours of its own. */
export const officeHours = sqliteTable('office_hours', {
  id: integer().primaryKey(),
  unitId: integer('unit_id').references(() => units.id),
  validFrom: text('valid_from').notNull(),
  week: text({ mode: 'json' }).$type<ShiftsByWeekday>().notNull(),
  reception: text({ mode: 'json' }).$type<ShiftsByWeekday>(),
})

export const rateVariants = sqliteTable('rate_variants', {
  code: text().primaryKey(),
  position: integer().notNull(),
  definition: text({ mode: 'json' }).$type<unknown>().notNull(),
})

/** Named values an administrator may change: the JSON of one setting a row. */
export const settings = sqliteTable('settings', {
  key: text().primaryKey(),
  value: text({ mode: 'json' }).$type<unknown>().notNull(),
})
