import { createHash, randomBytes } from 'node:crypto'
import { type AccountRow, findAccount } from '../../db/queries/accounts.ts'
import { findSession, insertSession, renewSession, type SessionRow } from '../../db/queries/sessions.ts'
import type { Deps } from '../deps.ts'
import type { Instant } from '../domain/calendar/day.ts'
import { wholeSetting } from '../settings/setting-value.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

/** How long somebody has for the second factor. */
const HALF_LIFE_MS = 10 * MINUTE_MS

const TOKEN_BYTES = 32

export interface Sitting {
  readonly browser: string
  readonly address: string | null
}

/** Opens a session and returns what its cookie carries: 256 random bits, of which only the hash is kept. Run it inside a write. */
export function openSession(
  deps: Pick<Deps, 'db' | 'clock'>,
  accountId: number,
  sitting: Sitting & { readonly complete: boolean; readonly external?: boolean },
): { readonly id: number; readonly token: string } {
  const { db, clock } = deps
  const { browser, address, complete, external = false } = sitting
  const createdAt = clock.now()
  const token = newToken()
  const expiresAt = complete ? wholeLife(deps) : createdAt + HALF_LIFE_MS
  const row = { accountId, createdAt, expiresAt, browser, address }
  const id = insertSession(db, hashOfToken(token), {
    ...row,
    completedAt: complete ? createdAt : null,
    external: external ? 1 : 0,
  })
  return { id, token }
}

/** The session of a cookie and its account; null for one that is unknown, over, too long unused, or of a disabled account. */
export function sessionOf(
  deps: Pick<Deps, 'db' | 'clock'>,
  token: string,
): { readonly session: SessionRow; readonly account: AccountRow } | null {
  const session = findSession(deps.db, hashOfToken(token))
  if (session === null) return null
  const now = deps.clock.now()
  if (session.expiresAt <= now || session.lastSeenAt <= idleSince(deps, now)) return null
  const account = findAccount(deps.db, session.accountId)
  return account === null || account.disabledAt !== null ? null : { session, account }
}

/** Gives a session a new token for as long as it had. Run it inside a write. */
export function renewedToken({ db, clock }: Pick<Deps, 'db' | 'clock'>, sessionId: number): string {
  const token = newToken()
  renewSession(db, sessionId, { tokenHash: hashOfToken(token), at: clock.now(), expiresAt: null })
  return token
}

/** Makes a session complete that awaited the second factor: a new token and a whole life. Run it inside a write. */
export function completedToken(deps: Pick<Deps, 'db' | 'clock'>, sessionId: number): string {
  const token = newToken()
  const at = deps.clock.now()
  renewSession(deps.db, sessionId, { tokenHash: hashOfToken(token), at, expiresAt: wholeLife(deps) })
  return token
}

/** When a session that is complete now ends, whatever happens. */
function wholeLife(deps: Pick<Deps, 'db' | 'clock'>): Instant {
  return deps.clock.now() + wholeSetting(deps.db, 'session_hours') * HOUR_MS
}

/** Sessions last used until then are over. */
export function idleSince(deps: Pick<Deps, 'db'>, now: Instant): Instant {
  return now - wholeSetting(deps.db, 'session_idle_minutes') * MINUTE_MS
}

export function newToken(): string {
  return randomBytes(TOKEN_BYTES).toString('base64url')
}

export function hashOfToken(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}
