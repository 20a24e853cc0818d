import { integer, primaryKey, real, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { units } from './catalogue.ts'

/** Criteria sets as issued: immutable JSON; a change is a new version. */
export const criteriaSets = sqliteTable(
  'criteria_sets',
  {
    id: integer().primaryKey(),
    setId: text('set_id').notNull(),
    version: integer().notNull(),
    year: integer().notNull(),
    unitLevel: text('unit_level').notNull(),
    status: text({ enum: ['draft', 'issued'] }).notNull(),
    definition: text().notNull(),
    hash: text().notNull(),
  },
  (t) => [uniqueIndex('criteria_sets_version').on(t.setId, t.version)],
)

/** One night's computation of one set. */
export const indexRuns = sqliteTable(
  'index_runs',
  {
    id: integer().primaryKey(),
    criteriaSetId: integer('criteria_set_id')
      .notNull()
      .references(() => criteriaSets.id),
    asOf: text('as_of').notNull(),
    computedAt: integer('computed_at').notNull(),
    formulaVersion: text('formula_version').notNull(),
    checksum: text().notNull(),
  },
  (t) => [uniqueIndex('index_runs_night').on(t.criteriaSetId, t.asOf)],
)

export const indexSheets = sqliteTable(
  'index_sheets',
  {
    runId: integer('run_id')
      .notNull()
      .references(() => indexRuns.id),
    unitId: integer('unit_id')
      .notNull()
      .references(() => units.id),
    points: real().notNull(),
    max: real().notNull(),
    score: real(),
    rescaled: integer({ mode: 'boolean' }).notNull(),
    rank: integer(),
    grade: text(),
  },
  (t) => [primaryKey({ columns: [t.runId, t.unitId] })],
)

/** The automatic column of a sheet; self-assessed, appraised and final scores refer to it by run, unit, criterion. */
export const indexScores = sqliteTable(
  'index_scores',
  {
    runId: integer('run_id')
      .notNull()
      .references(() => indexRuns.id),
    unitId: integer('unit_id')
      .notNull()
      .references(() => units.id),
    criterion: text().notNull(),
    numerator: integer(),
    denominator: integer(),
    points: real(),
    max: real().notNull(),
    explanation: text().notNull(),
  },
  (t) => [primaryKey({ columns: [t.runId, t.unitId, t.criterion] })],
)
