import { type BookSums, bookRows } from '../../db/queries/register-book.ts'
import { readSetting } from '../../db/queries/settings.ts'
import { agencyName } from '../catalogue/agency-name.ts'
import { catalogueOf } from '../catalogue/catalogue.ts'
import { headSignature } from '../catalogue/signatures.ts'
import type { Deps } from '../deps.ts'
import { localDayOf } from '../domain/calendar/day.ts'
import { formatCount } from '../domain/counting/rate-format.ts'
import { circularLabel, shopName } from '../dossiers/paper-words.ts'
import { yearDays } from '../imports/export-scope.ts'
import type { RegisterBook, Says } from '../paper/paper-data.ts'
import { fullDay } from '../web/formats.ts'
import { bookRow } from './book-row.ts'
import { booksOf, type ClosedBook, numberText, type Register, ROWS_A_BOOK } from './stored-book.ts'
import { SUM_LABELS } from './sum-labels.ts'

/** What book `n` (from 1) of a closed register says; in the last one the year is summed up. */
export function bookSays(deps: Deps, register: Register, book: ClosedBook, n: number): Says<'register-book'> {
  const books = booksOf(book)
  const rows = rowsOf(deps, register, books[n - 1] ?? [], (n - 1) * ROWS_A_BOOK, book.closedAt)
  return {
    ...headOf(deps, register, book.closedAt),
    book: { number: n, of: books.length },
    rows,
    ...ends(rows),
    closing: n === books.length ? closingOf(deps, register, book) : null,
    changes: [],
  }
}

/** What the supplementary page says: numbers given after the closing, and what became of those given before. */
export function supplementSays(
  deps: Deps,
  register: Register,
  { ids, closedAt, supplement }: ClosedBook & { readonly supplement: NonNullable<ClosedBook['supplement']> },
): Says<'register-book'> {
  const rows = rowsOf(deps, register, supplement.ids, ids.length, supplement.addedAt)
  return {
    ...headOf(deps, register, supplement.addedAt),
    title: `Trang bổ sung sổ theo dõi hồ sơ, khoá ngày ${fullDay(localDayOf(closedAt))}`,
    book: null,
    rows,
    ...ends(rows),
    closing: null,
    changes: supplement.changes,
  }
}

/** The book is opened with the year: the words are those of its first day. */
function headOf({ db }: Deps, { year, unit }: Register, at: number) {
  const { from } = yearDays(year)
  const catalogue = catalogueOf(db)
  const { name, place } = agencyName(catalogue, unit.id, from)
  return {
    office: { above: name, own: shopName(from) },
    place,
    title: 'Sổ theo dõi hồ sơ',
    form: circularLabel('trackingRegister', from),
    demo: readSetting(db, 'demo') === true,
    year,
    signatures: [
      { role: 'Người lập sổ', note: 'ký, ghi rõ họ tên', name: null },
      headSignature(catalogue, unit.id, localDayOf(at)),
    ],
  }
}

function rowsOf(deps: Deps, { year }: Register, ids: readonly number[], before: number, asOf: number) {
  const catalogue = catalogueOf(deps.db)
  const yearEnd = yearDays(year).to
  return bookRows(deps.db, ids).map((row, index) =>
    bookRow(deps, catalogue, row, { number: before + index + 1, asOf, yearEnd }),
  )
}

function ends(rows: RegisterBook['rows']) {
  return { first: rows[0]?.number ?? null, last: rows.at(-1)?.number ?? null }
}

function closingOf({ db }: Deps, register: Register, { ids, sums, closedAt }: ClosedBook) {
  const voided = bookRows(db, ids).filter((row) => row.voidedAt !== null && row.voidedAt <= closedAt).length
  return {
    last: numberText(ids.length),
    numbers: formatCount(ids.length),
    voided: formatCount(voided),
    sums: (Object.keys(SUM_LABELS) as (keyof BookSums)[])
      .filter((name) => sums[name] > 0 || !name.startsWith('transferred'))
      .map((name) => ({ label: SUM_LABELS[name], figure: formatCount(sums[name]) })),
    identity: identityOf(sums),
    closedOn: fullDay(localDayOf(closedAt)),
    year: register.year,
  }
}

/** “12 + 340 = 320 + 4 + 1 + 27”, with what reorganisations moved where they moved anything. */
function identityOf(sums: BookSums): string {
  const side = (always: readonly number[], moved: number) =>
    [...always, ...(moved > 0 ? [moved] : [])].map(formatCount).join(' + ')
  const { carriedOver, received, transferredIn, resolved, withdrawn, stopped, transferredOut, open } = sums
  return `${side([carriedOver, received], transferredIn)} = ${side([resolved, withdrawn, stopped, open], transferredOut)}`
}
