import { statSync } from 'node:fs'
import { join } from 'node:path'
import { isAttached } from '../../db/queries/attachments.ts'
import type { Deps } from '../deps.ts'
import { removeBytes, storedAs, storedHashes } from '../documents/document-store.ts'

/** An upload is attached within seconds; what lies there longer without a dossier was left by something that broke. */
const LEFT_AFTER_MS = 24 * 60 * 60_000

/** Removes the files that no dossier has any more, or never had. Times of files are the machine's. */
export function sweepAttachments({ db }: Pick<Deps, 'db'>, attachmentsDir: string): void {
  for (const sha256 of storedHashes(attachmentsDir)) {
    if (isAttached(db, sha256)) continue
    const file = statSync(join(attachmentsDir, storedAs(sha256)), { throwIfNoEntry: false })
    if (file !== undefined && Date.now() - file.mtimeMs > LEFT_AFTER_MS) removeBytes(attachmentsDir, sha256)
  }
}
