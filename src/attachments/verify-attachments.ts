import type { Db } from '../../db/open.ts'
import { attachmentFiles } from '../../db/queries/attachments.ts'
import { readBytes, storedAs } from '../documents/document-store.ts'
import { WHAT_IS_WRONG } from '../documents/stored-document.ts'

/** The first file still attached that is missing in the store or is not what was uploaded; null when all are there. */
export function changedAttachment(db: Db, attachmentsDir: string): string | null {
  for (const { sha256 } of attachmentFiles(db)) {
    const bytes = readBytes(attachmentsDir, sha256)
    if (typeof bytes === 'string') return `Tệp attachments/${storedAs(sha256)} ${WHAT_IS_WRONG[bytes]}.`
  }
  return null
}
