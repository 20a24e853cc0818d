import { statSync } from 'node:fs'
import { join } from 'node:path'
import type { Db } from '../../db/open.ts'
import { attachmentFiles } from '../../db/queries/attachments.ts'
import { type DocumentFile, documentFiles } from '../../db/queries/document-files.ts'
import type { Config } from '../config.ts'
import { storedAs } from './document-store.ts'

/** The first document or attachment of the database whose file is not in its store, or not with its size; null when all are. */
export function missingDocument(
  db: Db,
  { documentsDir, attachmentsDir }: Pick<Config, 'documentsDir' | 'attachmentsDir'>,
): string | null {
  const missing = [
    ...missingIn(documentsDir, documentFiles(db)),
    ...missingIn(attachmentsDir, attachmentFiles(db)),
  ]
  if (missing.length === 0) return null
  return `thiếu hoặc sai cỡ ${missing.length} tệp, đầu tiên là ${missing[0]}.`
}

function missingIn(folder: string, files: readonly DocumentFile[]): readonly string[] {
  return files.flatMap(({ sha256, bytes }) => {
    const file = join(folder, storedAs(sha256))
    return statSync(file, { throwIfNoEntry: false })?.size === bytes ? [] : [file]
  })
}
