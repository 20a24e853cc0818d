import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { RuleError } from '../domain/refusals.ts'

/**
 * The key with which this installation signs what it sends (Ed25519), made where there is none. Returns the public
 * one, in one line, to be registered at the parent.
 */
export function feedKey(file: string): string {
  if (!existsSync(file)) writeNewKey(file)
  return publicText(readFeedKey(file))
}

/** Another key in the place of the one there is, which is kept beside it. Returns the new public key. */
export function renewFeedKey(file: string, stamp: string): string {
  if (existsSync(file)) renameSync(file, `${file}.before-${stamp}`)
  return feedKey(file)
}

export function readFeedKey(file: string): KeyObject {
  if (!existsSync(file)) throw new RuleError('no_feed_key', { file })
  return createPrivateKey(readFileSync(file, 'utf8'))
}

/** A public key as it is registered; refuses what is not one of Ed25519. */
export function readPublicKey(text: string): KeyObject {
  const der = Buffer.from(text.replace(/\s/g, ''), 'base64')
  try {
    const key = createPublicKey({ key: der, format: 'der', type: 'spki' })
    if (key.asymmetricKeyType === 'ed25519') return key
  } catch {}
  throw new RuleError('invalid_feed_key')
}

export function signText(key: KeyObject, text: string): string {
  return sign(null, Buffer.from(text), key).toString('base64')
}

export function isSignedBy(publicKey: string, text: string, signature: string): boolean {
  return verify(null, Buffer.from(text), readPublicKey(publicKey), Buffer.from(signature, 'base64'))
}

/** The one text of a public key, however it was pasted. */
export function publicText(key: KeyObject): string {
  const own = key.type === 'private' ? createPublicKey(key) : key
  return own.export({ format: 'der', type: 'spki' }).toString('base64')
}

function writeNewKey(file: string): void {
  mkdirSync(dirname(file), { recursive: true })
  const { privateKey } = generateKeyPairSync('ed25519')
  writeFileSync(file, privateKey.export({ format: 'pem', type: 'pkcs8' }), { mode: 0o600, flag: 'wx' })
}
