import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { writeDurably } from '../durable-file.ts'

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
  writeDurably(file, bytes)
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
