import { argon2 as argon2Callback, randomBytes, randomInt, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import type { Db } from '../../db/open.ts'
import { RuleError } from '../domain/refusals.ts'
import { isCommonPassword } from './common-passwords.ts'
import { inTurn } from './in-turn.ts'

const argon2 = promisify(argon2Callback)

/** OWASP Password Storage: Argon2id with 19 MiB, two passes, one lane. */
const MEMORY_KIB = 19_456
const PASSES = 2
const LANES = 1
const TAG_BYTES = 32
const SALT_BYTES = 16

/**
 * Passwords computed at a time, and how many may wait: each takes 19 MiB and one of the four threads of the process for
 * some 30 ms. Threads and memory are the process's, and so is the bound on them.
 */
const computed = inTurn({ atOnce: 2, waiting: 60 })

/** The shortest password taken, in characters, and the longest, in bytes. */
export const SHORTEST = 10
const LONGEST_BYTES = 512

/** Argon2id of the password in PHC form: `$argon2id$v=19$m=…,t=…,p=…$salt$tag`. */
export async function hashPassword(password: string): Promise<string> {
  const nonce = randomBytes(SALT_BYTES)
  const tag = await tagOf(password, { nonce, memory: MEMORY_KIB, passes: PASSES, parallelism: LANES })
  return `$argon2id$v=19$m=${MEMORY_KIB},t=${PASSES},p=${LANES}$${base64(nonce)}$${base64(tag)}`
}

const PHC = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([\w+/]+)\$([\w+/]+)$/

/**
 * Whether it is that password. Null or a broken hash: false, after the same time, so that nobody learns from the clock
 * whether there is such an account.
 */
export async function verifyPassword(hash: string | null, password: string): Promise<boolean> {
  const [, m, t, p, salt, tag] = PHC.exec(hash ?? '') ?? []
  const nonce = salt === undefined ? Buffer.alloc(SALT_BYTES) : Buffer.from(salt, 'base64')
  const cost = {
    memory: Number(m ?? MEMORY_KIB),
    passes: Number(t ?? PASSES),
    parallelism: Number(p ?? LANES),
  }
  const computed = await tagOf(password, { nonce, ...cost })
  if (tag === undefined) return false
  const stored = Buffer.from(tag, 'base64')
  return stored.length === computed.length && timingSafeEqual(stored, computed)
}

interface Cost {
  readonly nonce: Buffer
  /** KiB. */
  readonly memory: number
  readonly passes: number
  readonly parallelism: number
}

async function tagOf(password: string, cost: Cost): Promise<Buffer> {
  const message = Buffer.from(normalized(password))
  return computed(
    async () => (await argon2('argon2id', { message, ...cost, tagLength: TAG_BYTES })) as Buffer,
  )
}

/** The same keys on another keyboard: Vietnamese letters may come composed or not. */
function normalized(password: string): string {
  return password.normalize('NFC')
}

function base64(bytes: Buffer): string {
  return bytes.toString('base64').replaceAll('=', '')
}

/** Letters and digits that nobody mistakes for one another on paper. */
const ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789'
const GROUPS = 4
const GROUP_LENGTH = 4

/** A password to be told to somebody once: `k7mw-4qhp-z2dn-8xtb`, 79 bits. */
export function randomPassword(): string {
  const group = () =>
    Array.from({ length: GROUP_LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join('')
  return Array.from({ length: GROUPS }, group).join('-')
}

/** Refuses a password that is too short, too long, made of the name it belongs to, or one that everybody tries. */
export function checkPassword(db: Db, password: string, username: string): void {
  if ([...normalized(password)].length < SHORTEST)
    throw new RuleError('password_too_short', { least: SHORTEST })
  if (Buffer.byteLength(password) > LONGEST_BYTES) throw new RuleError('password_too_long')
  const plain = password.toLowerCase()
  if (username.length >= 3 && plain.includes(username.toLowerCase())) throw new RuleError('password_has_name')
  if (isCommonPassword(db, password)) throw new RuleError('password_common')
}
