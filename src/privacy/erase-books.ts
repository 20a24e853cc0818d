import { findDayClose } from '../../db/queries/day-closes.ts'
import {
  eraseDocument,
  erasedDossiers,
  type RegisterDocument,
  registerDocuments,
  withoutPeople,
} from '../../db/queries/erasure.ts'
import { catalogueOf } from '../catalogue/catalogue.ts'
import { figuresOf, namedIn } from '../day-close/day-figures.ts'
import type { Deps } from '../deps.ts'
import { SUPPLEMENT } from '../register/book-document.ts'
import { booksOf, closedBook, registerOf } from '../register/stored-book.ts'

/**
 * Registers of a year and of a day name everybody in them. One goes when nobody in it is to be kept any more, once `ids`
 * are erased: in this run, or in one that died before it came to the registers. Those that still name others beside the
 * erased are told. Run it inside a write.
 */
export function eraseBooks(
  deps: Pick<Deps, 'db' | 'clock'>,
  ids: readonly number[],
): { readonly erased: number; readonly naming: readonly string[] } {
  const gone = new Set([...erasedDossiers(deps.db), ...ids])
  const naming: string[] = []
  let erased = 0
  for (const document of registerDocuments(deps.db)) {
    const inBook = IDS_IN[document.kind](deps, document.subject)
    const kept = inBook.filter((id) => !gone.has(id))
    if (kept.length === inBook.length) continue
    if (withoutPeople(deps.db, kept).size < kept.length) {
      naming.push(document.subject.replaceAll('|', ' '))
      continue
    }
    eraseDocument(deps.db, document.id, deps.clock.now())
    erased += 1
  }
  return { erased, naming: [...new Set(naming)] }
}

/** Which dossiers a register names, each once. */
const IDS_IN = {
  'register-book': inBookOfYear,
  'day-register': ({ db }, subject) => {
    const [day = '', unit = ''] = subject.split('|')
    const close = findDayClose(db, catalogueOf(db).unitByKey.get(unit)?.id ?? 0, day)
    if (close === null) return []
    return namedIn(figuresOf(close))
  },
} as const satisfies Record<
  RegisterDocument['kind'],
  (deps: Pick<Deps, 'db'>, subject: string) => readonly number[]
>

function inBookOfYear(deps: Pick<Deps, 'db'>, subject: string): readonly number[] {
  const [year = '', unit = '', part = ''] = subject.split('|')
  const book = closedBook(deps, registerOf(deps, year, unit))
  if (book === null) return []
  return part === SUPPLEMENT ? (book.supplement?.ids ?? []) : (booksOf(book)[Number(part) - 1] ?? [])
}
