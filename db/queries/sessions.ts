import type { Db } from '../open.ts'
import { prepared } from '../prepared.ts'

export interface SessionRow {
  readonly id: number
  readonly accountId: number
  readonly createdAt: number
  readonly lastSeenAt: number
  readonly expiresAt: number
  /** Null while the second factor is awaited. */
  readonly completedAt: number | null
  /** 1: signed in through another service. */
  readonly external: 0 | 1
  readonly browser: string
  readonly address: string | null
}

const COLUMNS = `id, account_id AS accountId, created_at AS createdAt, last_seen_at AS lastSeenAt,
  expires_at AS expiresAt, completed_at AS completedAt, external, browser, address`

export function findSession(db: Db, tokenHash: Buffer): SessionRow | null {
  return (
    prepared<SessionRow>(db, `SELECT ${COLUMNS} FROM sessions WHERE token_hash = ?`).get(tokenHash) ?? null
  )
}

export function sessionsOf(db: Db, accountId: number): readonly SessionRow[] {
  return prepared<SessionRow>(
    db,
    `SELECT ${COLUMNS} FROM sessions WHERE account_id = ? ORDER BY last_seen_at DESC, id DESC`,
  ).all(accountId)
}

export function insertSession(
  db: Db,
  tokenHash: Buffer,
  {
    accountId,
    createdAt,
    expiresAt,
    completedAt,
    external,
    browser,
    address,
  }: Omit<SessionRow, 'id' | 'lastSeenAt'>,
): number {
  const insert = prepared(
    db,
    `INSERT INTO sessions (token_hash, account_id, created_at, last_seen_at, expires_at, completed_at, external, browser, address)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const row = [accountId, createdAt, createdAt, expiresAt, completedAt, external, browser, address]
  return Number(insert.run(tokenHash, ...row).lastInsertRowid)
}

export function touchSession(db: Db, id: number, at: number): void {
  prepared(db, 'UPDATE sessions SET last_seen_at = ? WHERE id = ? AND last_seen_at < ?').run(at, id, at)
}

/**
 * Gives a session another token, complete: what an onlooker may have seen before is worth nothing. `expiresAt` null:
 * it lasts as long as before.
 */
export function renewSession(
  db: Db,
  id: number,
  { tokenHash, at, expiresAt }: { tokenHash: Buffer; at: number; expiresAt: number | null },
): void {
  prepared(
    db,
    `UPDATE sessions SET token_hash = @tokenHash, completed_at = @at, last_seen_at = @at,
       expires_at = coalesce(@expiresAt, expires_at) WHERE id = @id`,
  ).run({ id, tokenHash, at, expiresAt })
}

export function removeSession(db: Db, accountId: number, id: number): boolean {
  return prepared(db, 'DELETE FROM sessions WHERE id = ? AND account_id = ?').run(id, accountId).changes === 1
}

/** `except` null: all of them. Returns how many there were. */
export function removeSessionsOf(db: Db, accountId: number, except: number | null): number {
  return prepared(db, 'DELETE FROM sessions WHERE account_id = ? AND id IS NOT ?').run(accountId, except)
    .changes
}

/** Those that ended by then: at their last moment, or unused since `idleSince`. */
export function removeDeadSessions(db: Db, now: number, idleSince: number): number {
  return prepared(db, 'DELETE FROM sessions WHERE expires_at <= ? OR last_seen_at <= ?').run(now, idleSince)
    .changes
}

export interface FailureRow {
  readonly count: number
  readonly lastAt: number
}

export function findFailures(db: Db, nameHash: Buffer): FailureRow | null {
  return (
    prepared<FailureRow>(db, 'SELECT count, last_at AS lastAt FROM sign_in_failures WHERE name_hash = ?').get(
      nameHash,
    ) ?? null
  )
}

export function addFailure(db: Db, nameHash: Buffer, at: number): void {
  prepared(
    db,
    `INSERT INTO sign_in_failures (name_hash, count, last_at) VALUES (?, 1, ?)
       ON CONFLICT DO UPDATE SET count = count + 1, last_at = excluded.last_at`,
  ).run(nameHash, at)
}

export function clearFailures(db: Db, nameHash: Buffer): void {
  prepared(db, 'DELETE FROM sign_in_failures WHERE name_hash = ?').run(nameHash)
}

export function removeOldFailures(db: Db, before: number): number {
  return prepared(db, 'DELETE FROM sign_in_failures WHERE last_at < ?').run(before).changes
}
