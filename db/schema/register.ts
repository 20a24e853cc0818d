import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { units } from './catalogue.ts'

/** Registers of a year as closed: which dossier has which number, and the sums of the closing page. */
export const registerBooks = sqliteTable(
  'register_books',
  {
    year: text().notNull(),
    unitId: integer('unit_id')
      .notNull()
      .references(() => units.id),
    /** JSON of the book; its numbers never change, what comes after the closing is added. */
    book: text().notNull(),
  },
  (t) => [primaryKey({ columns: [t.year, t.unitId] })],
)
