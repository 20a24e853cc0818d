import { findTokenById, revokeToken as revoke } from '../../db/queries/tokens.ts'
import { recordAudit } from '../audit/record-audit.ts'
import type { Actor } from '../deps.ts'
import { RuleError } from '../domain/refusals.ts'
import { must } from './access.ts'
import type { AccountDeps } from './manage-accounts.ts'

/** A token opens nothing from now on. Refuses (`unknown_token`) one that is none or was revoked. Run it inside a write. */
export function revokeToken(deps: AccountDeps, actor: Actor, id: number): void {
  must(actor, 'accounts')
  const token = findTokenById(deps.db, id)
  if (token === null || !revoke(deps.db, id, deps.clock.now()))
    throw new RuleError('unknown_token', { token: id })
  const data = { account: token.accountId, token: id }
  recordAudit(deps, { kind: 'token_revoked', actorId: actor.officerId, data })
}
