import type { Vault } from './vault.ts'

const TAIL_DIGITS = 4

/** Keyed hash of the last four digits of an ID or phone number: found by whoever remembers no more; null for none. */
export function tailHash({ hash }: Pick<Vault, 'hash'>, number: string | null): Buffer | null {
  return number === null ? null : hash(`tail ${number.slice(-TAIL_DIGITS)}`)
}
