import { findAccount } from '../../db/queries/accounts.ts'
import { allTokens, type TokenRow } from '../../db/queries/tokens.ts'
import { catalogueOf } from '../catalogue/catalogue.ts'
import type { Deps } from '../deps.ts'
import { type Instant, localDayOf } from '../domain/calendar/day.ts'
import { fullDay } from '../web/formats.ts'

const SOON_MS = 14 * 24 * 60 * 60_000

/** Whether it opens something now. Whether its account is disabled is asked of the account. */
export function isInForce({ revokedAt, expiresAt }: TokenRow, now: Instant): boolean {
  return revokedAt === null && expiresAt > now
}

/** In force, and over within two weeks. One issued for no longer than that was meant so. */
export function endsSoon(token: TokenRow, now: Instant): boolean {
  const isShort = token.expiresAt - token.createdAt <= SOON_MS
  return isInForce(token, now) && !isShort && token.expiresAt - now <= SOON_MS
}

/** What the alarm about tokens tells of, by its subject. */
export function endingTokens({ db, clock }: Pick<Deps, 'db' | 'clock'>): ReadonlyMap<string, string> {
  const now = clock.now()
  const ending = allTokens(db).flatMap((token) => {
    const account = findAccount(db, token.accountId)
    if (!endsSoon(token, now) || account === null || account.disabledAt !== null) return []
    const name = catalogueOf(db).officerById.get(account.officerId)?.name ?? account.username
    const day = fullDay(localDayOf(token.expiresAt))
    return [
      [`token ${token.id}`, `Khoá số ${token.id} “${token.label}” của ${name} hết hạn ngày ${day}.`] as const,
    ]
  })
  return new Map(ending)
}
