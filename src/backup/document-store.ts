import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Db } from '../../db/open.ts'
import { documentFiles } from '../../db/queries/document-files.ts'

const HASH = /^[0-9a-f]{64}$/

/** Where the file with this SHA-256 lies in a store of documents. */
export function documentPath(store: string, sha256: string): string {
  return join(store, sha256.slice(0, 2), sha256)
}

/** Every file of a store; what is being written has another name yet. */
export function documentNames(store: string): readonly string[] {
  if (!existsSync(store)) return []
  return readdirSync(store)
    .filter((shelf) => /^[0-9a-f]{2}$/.test(shelf))
    .flatMap((shelf) => readdirSync(join(store, shelf)).filter((name) => HASH.test(name)))
}

/** The first document of the database whose file is not in the store, or not with its size; null when all are. */
export function documentProblem(db: Db, store: string): string | null {
  const missing = documentFiles(db).filter(
    ({ sha256, bytes }) => statSync(documentPath(store, sha256), { throwIfNoEntry: false })?.size !== bytes,
  )
  if (missing.length === 0) return null
  return `thiếu hoặc sai cỡ ${missing.length} tệp, đầu tiên là ${documentPath(store, missing[0]!.sha256)}.`
}
