import { removedHashes } from '../../db/queries/attachments.ts'
import { filesOfErased } from '../../db/queries/erasure.ts'
import type { PaperDeps } from '../deps.ts'
import { removeBytes } from '../documents/document-store.ts'

/** Removes the bytes of erased documents and of what is attached no more; what a run that died has left, too. */
export function forgetErasedFiles({ db, folders }: Pick<PaperDeps, 'db' | 'folders'>): void {
  for (const sha256 of filesOfErased(db)) removeBytes(folders.documentsDir, sha256)
  for (const sha256 of removedHashes(db)) removeBytes(folders.attachmentsDir, sha256)
}
