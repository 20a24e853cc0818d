import type { Db } from '../open.ts'
import { prepared } from '../prepared.ts'

/** A file of the document store as the database knows it. */
export interface DocumentFile {
  readonly sha256: string
  readonly bytes: number
}

/** Every file that a document refers to, once; but for what was erased. */
export function documentFiles(db: Db): readonly DocumentFile[] {
  return prepared<DocumentFile>(
    db,
    'SELECT DISTINCT sha256, bytes FROM documents WHERE erased_at IS NULL ORDER BY sha256',
  ).all()
}
