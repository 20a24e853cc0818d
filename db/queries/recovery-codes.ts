import type { Db } from '../open.ts'
import { prepared } from '../prepared.ts'

/** Those of before are worth nothing any more. */
export function replaceRecoveryCodes(db: Db, accountId: number, codeHashes: readonly Buffer[]): void {
  prepared(db, 'DELETE FROM recovery_codes WHERE account_id = ?').run(accountId)
  const insert = prepared(db, 'INSERT INTO recovery_codes (account_id, code_hash) VALUES (?, ?)')
  for (const hash of codeHashes) insert.run(accountId, hash)
}

/** Marks a code as used; false: it is none, or was used before. */
export function useRecoveryCode(db: Db, accountId: number, codeHash: Buffer, at: number): boolean {
  const use = prepared(
    db,
    'UPDATE recovery_codes SET used_at = ? WHERE account_id = ? AND code_hash = ? AND used_at IS NULL',
  )
  return use.run(at, accountId, codeHash).changes === 1
}

/** How many are left. */
export function countRecoveryCodes(db: Db, accountId: number): number {
  const count = prepared<{ n: number }>(
    db,
    'SELECT count(*) AS n FROM recovery_codes WHERE account_id = ? AND used_at IS NULL',
  )
  return count.get(accountId)?.n ?? 0
}
