import { groupCommit } from '../../db/group-commit.ts'
import { findDocument } from '../../db/queries/documents.ts'
import type { PaperDeps } from '../deps.ts'
import { issueDocument } from '../documents/issue-document.ts'
import { RuleError } from '../domain/refusals.ts'
import { bookSubject, SUPPLEMENT } from './book-document.ts'
import { bookSays, supplementSays } from './book-says.ts'
import { booksOf, closedBook, registerOf } from './stored-book.ts'

/**
 * Prints what of a closed register is not printed yet: book after book, then the supplementary page as its next
 * version. A book that was issued is left as it is, so a run that died is taken up where it stopped. Returns how many.
 */
export async function printRegister(deps: PaperDeps, key: string): Promise<number> {
  const [year = '', unitKey = ''] = key.split('|')
  const register = registerOf(deps, year, unitKey)
  const book = closedBook(deps, register)
  if (book === null) throw new RuleError('register_not_closed', { year, unit: unitKey })
  const writer = groupCommit(deps.db)
  const { supplement, closedBy } = book
  let made = 0
  for (const n of booksOf(book).keys()) {
    const subject = bookSubject(register, n + 1)
    if (findDocument(deps.db, 'register-book', subject) !== null) continue
    const actor = { officerId: closedBy, role: 'system' } as const
    await issueDocument(deps, writer, {
      kind: 'register-book',
      subject,
      says: bookSays(deps, register, book, n + 1),
      actor,
    })
    made += 1
  }
  if (supplement === null) return made
  await issueDocument(deps, writer, {
    kind: 'register-book',
    subject: bookSubject(register, SUPPLEMENT),
    says: supplementSays(deps, register, { ...book, supplement }),
    actor: { officerId: supplement.addedBy, role: 'system' },
  })
  return made + 1
}
