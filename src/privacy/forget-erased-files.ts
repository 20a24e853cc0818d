import { rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Db } from '../../db/open.ts'
import { filesOfErased } from '../../db/queries/erasure.ts'
import { storedAs } from '../documents/document-store.ts'

/** Removes the bytes of erased documents; what a run that died has left, too. */
export function forgetErasedFiles(db: Db, documentsDir: string): void {
  for (const sha256 of filesOfErased(db)) rmSync(join(documentsDir, storedAs(sha256)), { force: true })
}
