import type { Db } from '../open.ts'
import { prepared } from '../prepared.ts'

export interface TokenRow {
  readonly id: number
  readonly accountId: number
  readonly label: string
  readonly scopes: readonly string[]
  readonly createdAt: number
  readonly createdById: number | null
  readonly expiresAt: number
  readonly lastUsedOn: string | null
  readonly revokedAt: number | null
}

interface Stored extends Omit<TokenRow, 'scopes'> {
  readonly scopes: string
}

const COLUMNS = `id, account_id AS accountId, label, scopes, created_at AS createdAt, created_by_id AS createdById,
  expires_at AS expiresAt, last_used_on AS lastUsedOn, revoked_at AS revokedAt`

export function findToken(db: Db, tokenHash: Buffer): TokenRow | null {
  const row = prepared<Stored>(db, `SELECT ${COLUMNS} FROM api_tokens WHERE token_hash = ?`).get(tokenHash)
  return row === undefined ? null : readRow(row)
}

export function findTokenById(db: Db, id: number): TokenRow | null {
  const row = prepared<Stored>(db, `SELECT ${COLUMNS} FROM api_tokens WHERE id = ?`).get(id)
  return row === undefined ? null : readRow(row)
}

/** Newest first. */
export function tokensOf(db: Db, accountId: number): readonly TokenRow[] {
  return prepared<Stored>(db, `SELECT ${COLUMNS} FROM api_tokens WHERE account_id = ? ORDER BY id DESC`)
    .all(accountId)
    .map(readRow)
}

/** All of them, newest first. */
export function allTokens(db: Db): readonly TokenRow[] {
  return prepared<Stored>(db, `SELECT ${COLUMNS} FROM api_tokens ORDER BY id DESC`).all().map(readRow)
}

export function insertToken(
  db: Db,
  tokenHash: Buffer,
  token: Omit<TokenRow, 'id' | 'lastUsedOn' | 'revokedAt'>,
): number {
  const { accountId, label, scopes, createdAt, createdById, expiresAt } = token
  const insert = prepared(
    db,
    `INSERT INTO api_tokens (account_id, label, token_hash, scopes, created_at, created_by_id, expires_at)
       VALUES (?, ?, ?, ?, ?, ?, ?)`,
  )
  const row = [accountId, label, tokenHash, JSON.stringify(scopes), createdAt, createdById, expiresAt]
  return Number(insert.run(...row).lastInsertRowid)
}

/** False: there is none, or it was revoked before. */
export function revokeToken(db: Db, id: number, at: number): boolean {
  const revoke = prepared(db, 'UPDATE api_tokens SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL')
  return revoke.run(at, id).changes === 1
}

export function markTokenUsed(db: Db, id: number, day: string): void {
  prepared(db, 'UPDATE api_tokens SET last_used_on = ? WHERE id = ? AND last_used_on IS NOT ?').run(
    day,
    id,
    day,
  )
}

function readRow(row: Stored): TokenRow {
  return { ...row, scopes: JSON.parse(row.scopes) as string[] }
}
