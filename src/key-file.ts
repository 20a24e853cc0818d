import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import type { Db } from '../db/open.ts'
import { removeSealed, sealedValues } from '../db/queries/sealed-values.ts'
import { recordCommand } from './audit/record-command.ts'
import { sealAnew } from './audit/root-seal.ts'
import { systemClock } from './clock.ts'
import { RuleError } from './domain/refusals.ts'
import { openVault, readKey, type Vault, vaultOf, writeKey } from './vault.ts'

/**
 * A key that is kept apart, as text that can be printed and typed again: a heading, the key, and the SHA-256 of the
 * key so that a slip is seen.
 */
const HEADING = 'motcua-key-1'

/** How many sealed numbers there are, and how many of them the key opens. */
export function tryKey(db: Db, keyFile: string): { readonly sealed: number; readonly opened: number } {
  const vault = vaultOf(readKey(keyFile))
  let sealed = 0
  let opened = 0
  for (const value of sealedValues(db, 'all')) {
    sealed += 1
    if (opens(vault, value)) opened += 1
  }
  return { sealed, opened }
}

/** Why the key at hand does not open what the database holds; null when it does, or when nothing is sealed yet. */
export function keyProblem(db: Db, keyFile: string): RuleError | null {
  const samples = [...sealedValues(db, 'samples')]
  if (samples.length === 0) return null
  if (!existsSync(keyFile)) return new RuleError('no_key', { file: keyFile })
  try {
    const vault = openVault(keyFile)
    return samples.every((sealed) => opens(vault, sealed))
      ? null
      : new RuleError('wrong_key', { file: keyFile })
  } catch (error) {
    if (error instanceof RuleError) return error
    throw error
  }
}

/** What a key can be recognised by without being told: the beginning of its SHA-256. */
export function keyMark(keyFile: string): string {
  return checksum(readKey(keyFile)).slice(0, 12)
}

/** Writes the key and its checksum to a new file, for its owner alone. */
export function exportKey(keyFile: string, file: string): void {
  if (!existsSync(keyFile)) throw new RuleError('no_key', { file: keyFile })
  if (existsSync(file)) throw new RuleError('file_exists', { file })
  const key = readKey(keyFile)
  writeFileSync(file, `${HEADING}\n${key.toString('base64')}\nsha256 ${checksum(key)}\n`, {
    mode: 0o600,
    flag: 'wx',
  })
}

/**
 * Puts an exported key in its place, if it opens what the database holds (null: there is none here yet). Another key
 * that is there is kept beside it under the name this returns.
 */
export function importKey(db: Db | null, keyFile: string, file: string): string | null {
  const key = exportedKey(file)
  const vault = vaultOf(key)
  const isRight = db === null || [...sealedValues(db, 'samples')].every((sealed) => opens(vault, sealed))
  if (!isRight) throw new RuleError('wrong_key', { file })
  mkdirSync(dirname(keyFile), { recursive: true })
  if (!existsSync(keyFile)) {
    writeKey(keyFile, key)
    return null
  }
  if (readFileSync(keyFile, 'utf8').trim() === key.toString('base64')) return null
  const aside = freeName(`${keyFile}.before-import`)
  renameSync(keyFile, aside)
  writeKey(keyFile, key)
  return basename(aside)
}

/**
 * For a key that is lost for good: takes away the numbers that the key at hand does not open, all where there is none,
 * so that work can go on. The roots of the audit are sealed with the key at hand. Returns how many numbers are gone.
 */
export function giveUpNumbers(db: Db, keyFile: string): number {
  const vault = existsSync(keyFile) ? openVault(keyFile) : null
  const remove = db.transaction(() => {
    const removed = removeSealed(db, (sealed) => vault !== null && opens(vault, sealed))
    recordCommand({ db, clock: systemClock }, 'key_give_up', { removed })
    sealAnew(db, vault ?? openVault(keyFile))
    return removed
  })
  return remove.immediate()
}

function exportedKey(file: string): Buffer {
  if (!existsSync(file)) throw new RuleError('no_key', { file })
  const [heading, text = '', sum] = readFileSync(file, 'utf8')
    .split('\n')
    .map((line) => line.trim())
  const key = Buffer.from(text, 'base64')
  if (heading !== HEADING || sum !== `sha256 ${checksum(key)}`) throw new RuleError('damaged_key', { file })
  return key
}

function checksum(key: Buffer): string {
  return createHash('sha256').update(key).digest('hex')
}

function opens(vault: Vault, sealed: Buffer): boolean {
  try {
    vault.open(sealed)
    return true
  } catch {
    return false
  }
}

function freeName(file: string): string {
  for (let n = 1; ; n += 1) if (!existsSync(`${file}-${n}`)) return `${file}-${n}`
}
