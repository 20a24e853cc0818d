import { bookDocuments, eraseDocument, withoutPeople } from '../../db/queries/erasure.ts'
import type { Deps } from '../deps.ts'
import { SUPPLEMENT } from '../register/book-document.ts'
import { booksOf, closedBook, registerOf } from '../register/stored-book.ts'

/**
 * Books of registers name everybody of a year. One goes when nobody in it is to be kept any more; those that still name
 * people of `ids` are told. Run it inside a write.
 */
export function eraseBooks(
  deps: Pick<Deps, 'db' | 'clock'>,
  ids: readonly number[],
): { readonly erased: number; readonly naming: readonly string[] } {
  const gone = new Set(ids)
  const naming: string[] = []
  let erased = 0
  for (const { id, subject } of bookDocuments(deps.db)) {
    const inBook = idsIn(deps, subject)
    if (!inBook.some((each) => gone.has(each))) continue
    if (withoutPeople(deps.db, inBook).size < new Set(inBook).size) {
      naming.push(subject.replaceAll('|', ' '))
      continue
    }
    eraseDocument(deps.db, id, deps.clock.now())
    erased += 1
  }
  return { erased, naming: [...new Set(naming)] }
}

function idsIn(deps: Pick<Deps, 'db'>, subject: string): readonly number[] {
  const [year = '', unit = '', part = ''] = subject.split('|')
  const book = closedBook(deps, registerOf(deps, year, unit))
  if (book === null) return []
  return part === SUPPLEMENT ? (book.supplement?.ids ?? []) : (booksOf(book)[Number(part) - 1] ?? [])
}
