import { join } from 'node:path'
import type { DocumentRow } from '../../db/queries/documents.ts'
import type { PaperDeps } from '../deps.ts'
import { localDayOf } from '../domain/calendar/day.ts'
import { RuleError } from '../domain/refusals.ts'
import { fullDay } from '../web/formats.ts'
import { readBytes, storedAs } from './document-store.ts'
import { KIND_LABELS } from './kinds.ts'

export const WHAT_IS_WRONG = { missing: 'bị thiếu', changed: 'đã bị thay đổi' } as const

/**
 * The bytes of a document as they were issued; refuses what was erased (`document_erased`), and what is damaged
 * (`damaged_document`) rather than make it anew.
 */
export function storedDocument({ folders }: Pick<PaperDeps, 'folders'>, document: DocumentRow): Buffer {
  const { erasedAt } = document
  if (erasedAt !== null)
    throw new RuleError('document_erased', {
      paper: KIND_LABELS[document.kind],
      version: document.version,
      day: fullDay(localDayOf(erasedAt)),
    })
  const bytes = readBytes(folders.documentsDir, document.sha256)
  if (typeof bytes !== 'string') return bytes
  throw new RuleError('damaged_document', {
    paper: KIND_LABELS[document.kind],
    version: document.version,
    file: join('documents', storedAs(document.sha256)),
    problem: WHAT_IS_WRONG[bytes],
  })
}
