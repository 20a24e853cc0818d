import { sql } from 'drizzle-orm'
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { FLOWS, type Flow } from '../../src/domain/counting/tally.ts'
import { snakeCase } from '../snake-case.ts'
import { units } from './catalogue.ts'
import { events } from './dossiers.ts'

const flowColumns = Object.fromEntries(FLOWS.map((flow) => [flow, flowColumn(flow)])) as Record<
  Flow,
  ReturnType<typeof flowColumn>
>

function flowColumn(flow: Flow) {
  return integer(snakeCase(flow)).notNull().default(0)
}

const cellKey = {
  unitId: integer('unit_id').notNull(),
  receivingUnitId: integer('receiving_unit_id').notNull(),
  procedureId: integer('procedure_id').notNull(),
  /** Index into CHANNELS. */
  channel: integer().notNull(),
  /** 0: nobody. */
  officerId: integer('officer_id').notNull(),
}

/** Flows of one day at one place; every table of figures is a sum of these. */
export const dayCells = sqliteTable(
  'day_cells',
  { day: text().notNull(), ...cellKey, ...flowColumns },
  (t) => [
    primaryKey({ columns: [t.day, t.unitId, t.receivingUnitId, t.procedureId, t.channel, t.officerId] }),
    index('day_cells_unit').on(t.unitId, t.day),
    index('day_cells_receiving').on(t.receivingUnitId, t.day),
  ],
)

/** Running totals of the same places: all that ever came in less all that ended; overdue includes days to come. */
export const stocks = sqliteTable(
  'stocks',
  { ...cellKey, open: integer().notNull(), overdue: integer().notNull() },
  (t) => [primaryKey({ columns: [t.unitId, t.receivingUnitId, t.procedureId, t.channel, t.officerId] })],
)

/**
 * Stocks at the end of closed calendar months, so that a period years ago is not read through all the cells since.
 * A later change of an earlier day moves every anchor after it, in its own transaction.
 */
export const stockAnchors = sqliteTable(
  'stock_anchors',
  { day: text().notNull(), ...cellKey, open: integer().notNull(), overdue: integer().notNull() },
  (t) => [
    primaryKey({ columns: [t.day, t.unitId, t.receivingUnitId, t.procedureId, t.channel, t.officerId] }),
    index('stock_anchors_unit').on(t.unitId),
  ],
)

/** Reporting periods in use: rows, never computed inside a query. */
export const periods = sqliteTable(
  'periods',
  {
    key: text().primaryKey(),
    kind: text().notNull(),
    scheme: text().notNull(),
    fromOn: text('from_on').notNull(),
    toOn: text('to_on').notNull(),
    label: text().notNull(),
    /** Moment of revision 1; null while the period is open. */
    closedAt: integer('closed_at'),
  },
  (t) => [
    index('periods_anchor')
      .on(t.toOn)
      .where(sql`kind = 'month' and scheme = 'calendar' and closed_at is not null`),
    index('periods_closed').on(t.toOn).where(sql`closed_at is not null`),
  ],
)

/** Rate definitions as they stood when a period was closed; a version is never changed. */
export const formulas = sqliteTable('formulas', { version: text().primaryKey(), variants: text().notNull() })

/**
 * What events have changed on days of closed periods since: the numbers of a revision and these, taken together,
 * are today's numbers. Append-only; the nightly revisions and the adjustments shown beside a closed period read it.
 */
export const lateChanges = sqliteTable(
  'late_changes',
  {
    id: integer().primaryKey(),
    eventId: integer('event_id')
      .notNull()
      .references(() => events.id),
    day: text().notNull(),
    ...cellKey,
    flow: text().notNull(),
    n: integer().notNull(),
  },
  (t) => [index('late_changes_unit').on(t.unitId, t.day), index('late_changes_event').on(t.eventId)],
)

/** A closed period of one unit, immutable; a later change of its numbers is the next revision. */
export const snapshots = sqliteTable(
  'snapshots',
  {
    id: integer().primaryKey(),
    periodKey: text('period_key')
      .notNull()
      .references(() => periods.key),
    unitId: integer('unit_id')
      .notNull()
      .references(() => units.id),
    revision: integer().notNull(),
    /** `full`: the whole figures; `difference`: only what stocks carried through differ by from the revision before. */
    kind: text({ enum: ['full', 'difference'] })
      .notNull()
      .default('full'),
    /** Last row of `late_changes` that is in it. */
    throughChange: integer('through_change').notNull().default(0),
    closedAt: integer('closed_at').notNull(),
    takenAt: integer('taken_at').notNull(),
    formulaVersion: text('formula_version').notNull(),
    calendarVersion: text('calendar_version').notNull(),
    /** Canonical JSON of the unit's tally and rates. */
    figures: text().notNull(),
    /** Canonical JSON of the same tally by procedure, channel, officer and receiving unit. */
    breakdown: text().notNull(),
    hash: text().notNull(),
    /** Ids of the events that changed the numbers since the revision before; null in revision 1. */
    cause: text(),
  },
  (t) => [uniqueIndex('snapshots_revision').on(t.periodKey, t.unitId, t.revision)],
)
