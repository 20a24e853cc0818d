import { insertToken } from '../../db/queries/tokens.ts'
import { recordAudit } from '../audit/record-audit.ts'
import type { Actor } from '../deps.ts'
import { RuleError } from '../domain/refusals.ts'
import type { NewSecret } from '../web/secret-once.ts'
import { must, PERMISSIONS, type Permission } from './access.ts'
import { type AccountDeps, knownAccount } from './manage-accounts.ts'
import { hashOfToken, newToken } from './session.ts'

/** What every token begins with, so that scanners and people know one that lies about. */
const PREFIX = 'mc_'

export const SHORTEST_DAYS = 1
export const LONGEST_DAYS = 366
export const USUAL_DAYS = 180

const DAY_MS = 24 * 60 * 60_000
const LONGEST_LABEL = 100

/** What a token may be good for: what the role of a program may do. */
export const TOKEN_SCOPES: readonly Permission[] = (Object.keys(PERMISSIONS) as Permission[]).filter((each) =>
  (PERMISSIONS[each].roles as readonly string[]).includes('client'),
)

export interface TokenOrder {
  /** Where it is used. */
  readonly label: string
  readonly scopes: readonly string[]
  readonly days: number
}

/**
 * Issues a token to a program; it is returned this once, only its hash is kept. Refuses the account of a person or a
 * disabled one, a scope that no program has, and a life that is too short or too long. Run it inside a write.
 */
export function issueToken(deps: AccountDeps, actor: Actor, username: string, order: TokenOrder): NewSecret {
  must(actor, 'accounts')
  const account = knownAccount(deps, username)
  if (account.kind !== 'client') throw new RuleError('not_a_client', { username: account.username })
  if (account.disabledAt !== null) throw new RuleError('client_disabled', { username: account.username })
  const label = order.label.normalize('NFC').replace(/\s+/g, ' ').trim()
  if (label === '' || label.length > LONGEST_LABEL)
    throw new RuleError('token_label_required', { most: LONGEST_LABEL })
  const scopes = scopesIn(order.scopes)
  const { days } = order
  if (!Number.isInteger(days) || days < SHORTEST_DAYS || days > LONGEST_DAYS)
    throw new RuleError('invalid_token_life', { most: LONGEST_DAYS })
  const secret = `${PREFIX}${newToken()}`
  const createdAt = deps.clock.now()
  const id = insertToken(deps.db, hashOfToken(secret), {
    accountId: account.id,
    label,
    scopes,
    createdAt,
    createdById: actor.officerId,
    expiresAt: createdAt + days * DAY_MS,
  })
  const data = { account: account.id, token: id, scopes, days }
  recordAudit(deps, { kind: 'token_issued', actorId: actor.officerId, data })
  return { id, secret }
}

function scopesIn(words: readonly string[]): readonly Permission[] {
  const scopes = [...new Set(words)].map((word) => {
    const found = TOKEN_SCOPES.find((scope) => scope === word)
    if (found === undefined)
      throw new RuleError('invalid_scopes', { scope: word, possible: TOKEN_SCOPES.join(', ') })
    return found
  })
  if (scopes.length === 0) throw new RuleError('scopes_required')
  return scopes
}
