import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Db } from '../../db/open.ts'
import { RuleError } from '../domain/refusals.ts'

/** Files hold people's data: nobody else may read them. */
const FILE_MODE = 0o600
const FOLDER_MODE = 0o700

/** `DATA_DIR/imports`: beside the database file. */
export function importDirOf(db: Db): string {
  return join(dirname(db.name), 'imports')
}

export function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/** Keeps a file under its hash; the same file is kept once. Returns the hash. */
export function storeFile(importDir: string, bytes: Uint8Array): string {
  const sha256 = sha256Of(bytes)
  const file = join(importDir, sha256)
  if (existsSync(file)) return sha256
  mkdirSync(importDir, { recursive: true, mode: FOLDER_MODE })
  writeFileSync(`${file}.part`, bytes, { mode: FILE_MODE })
  renameSync(`${file}.part`, file)
  return sha256
}

/** Throws `import_file_gone`. */
export function storedFile(importDir: string, sha256: string): Buffer {
  const file = join(importDir, sha256)
  if (!existsSync(file)) throw new RuleError('import_file_gone')
  return readFileSync(file)
}

export function forgetFile(importDir: string, sha256: string): void {
  rmSync(join(importDir, sha256), { force: true })
}
