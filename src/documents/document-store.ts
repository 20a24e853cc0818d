import { createHash, randomUUID } from 'node:crypto'
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'

/** Where the bytes with this SHA-256 lie below the store: `ab/abcd…`. */
export function storedAs(sha256: string): string {
  return join(sha256.slice(0, 2), sha256)
}

/**
 * Keeps `bytes` under their SHA-256 and returns it; on disk when it returns. Bytes that are there already are left
 * alone: nothing in the store is ever written over but a file that was cut off.
 */
export function keepBytes(documentsDir: string, bytes: Uint8Array): string {
  const sha256 = hashOf(bytes)
  const file = join(documentsDir, storedAs(sha256))
  if (statSync(file, { throwIfNoEntry: false })?.size === bytes.length) return sha256
  const folder = dirname(file)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const part = `${file}.${randomUUID()}.part`
  const handle = openSync(part, 'wx', 0o600)
  try {
    // Unlike `writeSync`, which may write a part and say how much.
    writeFileSync(handle, bytes)
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
  renameSync(part, file)
  syncFolder(folder)
  return sha256
}

/** The bytes with this SHA-256, or why they cannot be had. */
export function readBytes(documentsDir: string, sha256: string): Buffer | 'missing' | 'changed' {
  const file = join(documentsDir, storedAs(sha256))
  if (!existsSync(file)) return 'missing'
  const bytes = readFileSync(file)
  return hashOf(bytes) === sha256 ? bytes : 'changed'
}

/** Takes bytes out of a store; what is not there is gone already. */
export function removeBytes(dir: string, sha256: string): void {
  rmSync(join(dir, storedAs(sha256)), { force: true })
}

const HASH = /^[0-9a-f]{64}$/

/** Every file of a store by its SHA-256; what is being written has another name yet. */
export function storedHashes(documentsDir: string): readonly string[] {
  if (!existsSync(documentsDir)) return []
  return readdirSync(documentsDir)
    .filter((shelf) => /^[0-9a-f]{2}$/.test(shelf))
    .flatMap((shelf) => readdirSync(join(documentsDir, shelf)).filter((name) => HASH.test(name)))
}

function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/** The name of the file is on disk, too. */
function syncFolder(folder: string): void {
  const handle = openSync(folder, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}
