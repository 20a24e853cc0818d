import type { Db } from '../open.ts'
import { prepared } from '../prepared.ts'

/** Keeps the newest link only: those before it are worth nothing. */
export function replaceSetupLink(db: Db, tokenHash: Buffer, createdAt: number, expiresAt: number): void {
  prepared(db, 'DELETE FROM setup_links').run()
  prepared(db, 'INSERT INTO setup_links (token_hash, created_at, expires_at) VALUES (?, ?, ?)').run(
    tokenHash,
    createdAt,
    expiresAt,
  )
}

export function isSetupLink(db: Db, tokenHash: Buffer, now: number): boolean {
  const find = prepared(
    db,
    'SELECT 1 FROM setup_links WHERE token_hash = ? AND used_at IS NULL AND expires_at > ?',
  )
  return find.get(tokenHash, now) !== undefined
}

/** False: it was used before, or is none. */
export function useSetupLink(db: Db, tokenHash: Buffer, now: number): boolean {
  const use = prepared(
    db,
    'UPDATE setup_links SET used_at = @now WHERE token_hash = @tokenHash AND used_at IS NULL AND expires_at > @now',
  )
  return use.run({ tokenHash, now }).changes === 1
}
