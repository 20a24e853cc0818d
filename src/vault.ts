import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  hkdfSync,
  randomBytes,
  randomFillSync,
} from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { RuleError } from './domain/refusals.ts'

const KEY_BYTES = 32
const NONCE_BYTES = 12
const TAG_BYTES = 16
const HASH_BYTES = 16
/** Nonces fetched from the system at once: one call for each costs more than the sealing. */
const NONCES_AT_ONCE = 256

/** Seals ID and phone numbers (AES-256-GCM) and finds them again by keyed hashes (HMAC-SHA-256, 16 bytes). */
export interface Vault {
  seal(text: string): Buffer
  open(sealed: Buffer): string
  hash(text: string): Buffer
}

/** The vault of `key` (32 bytes): two keys are derived from it, one to seal, one to hash. */
export function vaultOf(key: Uint8Array): Vault {
  const sealing = Buffer.from(hkdfSync('sha256', key, '', 'motcua seal', KEY_BYTES))
  const hashing = Buffer.from(hkdfSync('sha256', key, '', 'motcua find', KEY_BYTES))
  const nextNonce = nonces()
  return {
    seal(text) {
      const nonce = nextNonce()
      const cipher = createCipheriv('aes-256-gcm', sealing, nonce)
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
      return Buffer.concat([nonce, cipher.getAuthTag(), body])
    },
    open(sealed) {
      const decipher = createDecipheriv('aes-256-gcm', sealing, sealed.subarray(0, NONCE_BYTES))
      decipher.setAuthTag(sealed.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES))
      const body = sealed.subarray(NONCE_BYTES + TAG_BYTES)
      return decipher.update(body, undefined, 'utf8') + decipher.final('utf8')
    },
    hash: (text) => createHmac('sha256', hashing).update(text).digest().subarray(0, HASH_BYTES),
  }
}

/** Random nonces, each handed out once. */
function nonces(): () => Buffer {
  const pool = Buffer.alloc(NONCE_BYTES * NONCES_AT_ONCE)
  let used = pool.length
  return () => {
    if (used === pool.length) {
      randomFillSync(pool)
      used = 0
    }
    used += NONCE_BYTES
    return pool.subarray(used - NONCE_BYTES, used)
  }
}

/** The vault of the key file, which is made (mode 600) when an installation starts for the first time. */
export function openVault(keyFile: string): Vault {
  if (!existsSync(keyFile)) writeKey(keyFile, randomBytes(KEY_BYTES))
  return vaultOf(readKey(keyFile))
}

export function readKey(keyFile: string): Buffer {
  const key = Buffer.from(readFileSync(keyFile, 'utf8'), 'base64')
  if (key.length !== KEY_BYTES) throw new RuleError('damaged_key', { file: keyFile })
  return key
}

/** Writes a key file for its owner alone; never over another one. */
export function writeKey(keyFile: string, key: Buffer): void {
  writeFileSync(keyFile, key.toString('base64'), { mode: 0o600, flag: 'wx' })
}
