import type { Db } from '../../db/open.ts'
import { type AccountRow, findAccount } from '../../db/queries/accounts.ts'
import type { SessionRow } from '../../db/queries/sessions.ts'
import { readSetting } from '../../db/queries/settings.ts'
import { findToken, type TokenRow } from '../../db/queries/tokens.ts'
import { catalogueOf } from '../catalogue/catalogue.ts'
import type { Actor, Deps } from '../deps.ts'
import { PERMISSIONS, type Permission } from './access.ts'
import { actorOfOfficer } from './acting.ts'
import { hashOfToken, sessionOf } from './session.ts'

/** What a session must do before it may do anything else. */
export type Pending = 'code' | 'password' | 'enrol'

/** Who sends a request. */
export interface Principal {
  readonly account: AccountRow
  readonly name: string
  /** Null: the officer holds no post and no role today. */
  readonly actor: Actor | null
  /** Null: a token. */
  readonly session: SessionRow | null
  /** Null: everything the actor may. */
  readonly pending: Pending | null
  /** Null: a session. */
  readonly token: TokenRow | null
}

/** Setting: administrators need a second factor. */
export const SECOND_FACTOR_SETTING = 'administrators_need_second_factor'

/** Whoever the cookie belongs to, null for nobody. */
export function principalOfCookie(deps: Pick<Deps, 'db' | 'clock'>, cookie: string): Principal | null {
  const found = sessionOf(deps, cookie)
  if (found === null) return null
  const { session, account } = found
  const actor = actorOfOfficer(deps, account.officerId)
  return {
    account,
    name: nameOf(deps, account),
    actor,
    session,
    pending: pendingOf(deps, found, actor),
    token: null,
  }
}

/** Whoever the API token belongs to, with what it is good for; null for one that is unknown, revoked or past its time. */
export function principalOfToken(deps: Pick<Deps, 'db' | 'clock'>, token: string): Principal | null {
  const row = findToken(deps.db, hashOfToken(token))
  if (row === null || row.revokedAt !== null || row.expiresAt <= deps.clock.now()) return null
  const account = findAccount(deps.db, row.accountId)
  if (account === null || account.disabledAt !== null) return null
  const scopes = row.scopes.filter((scope): scope is Permission => scope in PERMISSIONS)
  const actor = actorOfOfficer(deps, account.officerId, scopes)
  return { account, name: nameOf(deps, account), actor, session: null, pending: null, token: row }
}

function pendingOf(
  { db }: Pick<Deps, 'db'>,
  { session, account }: { readonly session: SessionRow; readonly account: AccountRow },
  actor: Actor | null,
): Pending | null {
  if (session.completedAt === null) return 'code'
  if (session.external === 1) return null
  if (account.temporaryUntil !== null) return 'password'
  return account.totpConfirmedAt === null && needsSecondFactor(db, actor) ? 'enrol' : null
}

/** Whether the setting asks this person for a second factor. */
export function needsSecondFactor(db: Db, actor: Actor | null): boolean {
  const administers = actor?.roles?.includes('administrator') === true
  return administers && readSetting(db, SECOND_FACTOR_SETTING) === true
}

function nameOf({ db }: Pick<Deps, 'db'>, { officerId, username }: AccountRow): string {
  return catalogueOf(db).officerById.get(officerId)?.name ?? username
}
