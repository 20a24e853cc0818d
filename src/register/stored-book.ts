import { acceptedIds, type BookSums, findBook, upsertBook } from '../../db/queries/register-book.ts'
import type { Unit } from '../catalogue/catalogue.ts'
import { catalogueOf } from '../catalogue/catalogue.ts'
import type { Deps } from '../deps.ts'
import { RuleError } from '../domain/refusals.ts'
import { yearDays } from '../imports/export-scope.ts'

/** Which register: of one shop and one year. */
export interface Register {
  readonly year: string
  readonly unit: Unit
}

/** What a closed register fixes for ever: which dossier has which number, and the sums of its closing page. */
export interface ClosedBook {
  readonly closedAt: number
  readonly closedBy: number | null
  /** Ids of dossiers; the first has number 01. */
  readonly ids: readonly number[]
  readonly sums: BookSums
  /** What came after the closing; its numbers go on. Each addition only ever grows it. */
  readonly supplement: Supplement | null
}

export interface Supplement {
  readonly ids: readonly number[]
  /** What has changed since about numbers given before. */
  readonly changes: readonly string[]
  readonly addedAt: number
  readonly addedBy: number | null
}

/** Rows of one book (quyển): about a hundred pages. */
export const ROWS_A_BOOK = 1_500

/** Refuses a year or a unit that is not there. */
export function registerOf({ db }: Pick<Deps, 'db'>, year: string, unitKey: string): Register {
  yearDays(year)
  const unit = catalogueOf(db).unitByKey.get(unitKey)
  if (unit === undefined) throw new RuleError('unknown_unit', { unit: unitKey })
  return { year, unit }
}

/** `2023|xa-ngoc-ky`: what its documents and its job are about. */
export function registerKey({ year, unit }: Register): string {
  return `${year}|${unit.key}`
}

export function closedBook({ db }: Pick<Deps, 'db'>, { year, unit }: Register): ClosedBook | null {
  const text = findBook(db, year, unit.id)
  return text === null ? null : (JSON.parse(text) as ClosedBook)
}

/** Run it inside a write. */
export function storeBook({ db }: Pick<Deps, 'db'>, { year, unit }: Register, book: ClosedBook): void {
  upsertBook(db, year, unit.id, JSON.stringify(book))
}

/** The ids of each book, in order; a year without a dossier has one empty book. */
export function booksOf({ ids }: Pick<ClosedBook, 'ids'>): readonly (readonly number[])[] {
  const count = Math.max(1, Math.ceil(ids.length / ROWS_A_BOOK))
  return Array.from({ length: count }, (_, n) => ids.slice(n * ROWS_A_BOOK, (n + 1) * ROWS_A_BOOK))
}

/** The dossiers of the year as the database has them now, in the order of acceptance. */
export function currentIds({ db }: Pick<Deps, 'db'>, { year, unit }: Register): readonly number[] {
  return acceptedIds(db, { unitId: unit.id, ...yearDays(year) })
}

/** 1 → '01': numbers run on through the year. */
export function numberText(number: number): string {
  return String(number).padStart(2, '0')
}
