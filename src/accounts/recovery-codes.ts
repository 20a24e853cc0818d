import { randomInt } from 'node:crypto'
import { replaceRecoveryCodes, useRecoveryCode } from '../../db/queries/recovery-codes.ts'
import type { Deps } from '../deps.ts'

const HOW_MANY = 10

/** Letters and digits that nobody mistakes for one another on paper; ten of them are 49 bits. */
const ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789'
const LENGTH = 10

/** Ten codes in place of those of before, to be shown this once: `k7mwq-4hpz2`. Run it inside a write. */
export function newRecoveryCodes(
  { db, vault }: Pick<Deps, 'db' | 'vault'>,
  accountId: number,
): readonly string[] {
  const codes = Array.from({ length: HOW_MANY }, randomCode)
  replaceRecoveryCodes(
    db,
    accountId,
    codes.map((code) => hashOf({ vault }, accountId, code)),
  )
  return codes.map((code) => `${code.slice(0, LENGTH / 2)}-${code.slice(LENGTH / 2)}`)
}

/** Whether it is one of the codes; it is none afterwards. Run it inside a write. */
export function spendRecoveryCode(
  { db, vault, clock }: Pick<Deps, 'db' | 'vault' | 'clock'>,
  accountId: number,
  code: string,
): boolean {
  if (code.length !== LENGTH) return false
  return useRecoveryCode(db, accountId, hashOf({ vault }, accountId, code), clock.now())
}

function randomCode(): string {
  return Array.from({ length: LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join('')
}

function hashOf({ vault }: Pick<Deps, 'vault'>, accountId: number, code: string): Buffer {
  return vault.hash(`recovery|${accountId}|${code}`)
}
