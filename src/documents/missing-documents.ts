import { statSync } from 'node:fs'
import { join } from 'node:path'
import type { Db } from '../../db/open.ts'
import { documentFiles } from '../../db/queries/document-files.ts'
import { storedAs } from './document-store.ts'

/** The first document of the database whose file is not in the store, or not with its size; null when all are. */
export function missingDocument(db: Db, documentsDir: string): string | null {
  const fileOf = (sha256: string) => join(documentsDir, storedAs(sha256))
  const missing = documentFiles(db).filter(
    ({ sha256, bytes }) => statSync(fileOf(sha256), { throwIfNoEntry: false })?.size !== bytes,
  )
  if (missing.length === 0) return null
  return `thiếu hoặc sai cỡ ${missing.length} tệp, đầu tiên là ${fileOf(missing[0]!.sha256)}.`
}
