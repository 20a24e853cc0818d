import type { Db } from '../../db/open.ts'
import { allDocuments } from '../../db/queries/documents.ts'
import { readBytes, storedAs } from './document-store.ts'
import { WHAT_IS_WRONG } from './stored-document.ts'

/** The first document whose file in the store is missing or is not what was issued, in words; null when all are there.
 * What was erased with the people it named is missing rightly. */
export function changedDocument(db: Db, documentsDir: string): string | null {
  for (const { kind, subject, version, sha256, erasedAt } of allDocuments(db)) {
    if (erasedAt !== null) continue
    const bytes = readBytes(documentsDir, sha256)
    if (typeof bytes !== 'string') continue
    return `${kind} ${subject} bản ${version}: tệp documents/${storedAs(sha256)} ${WHAT_IS_WRONG[bytes]}.`
  }
  return null
}
