import { type AccountRow, findAccount, findAccountByName } from '../../db/queries/accounts.ts'
import { findIdentity, identityOf, insertIdentity } from '../../db/queries/external-identities.ts'
import { recordAudit } from '../audit/record-audit.ts'
import type { Deps } from '../deps.ts'
import { RuleError } from '../domain/refusals.ts'
import type { ExternalService, Identity } from './external-service.ts'
import { openSession, type Sitting } from './session.ts'
import { auditSignIn, type Doors, usernameOf } from './sign-in.ts'

/**
 * Opens a session for whom the service has confirmed; returns what the cookie carries. Refuses one who is linked with
 * no account (`unknown_identity`) or with one that is disabled (`account_disabled`).
 */
export async function externalSignIn(
  { deps, writer }: Doors,
  { name }: Pick<ExternalService, 'name'>,
  identity: Identity,
  sitting: Sitting,
): Promise<string> {
  const token = await writer.write(() => {
    const account = accountOf(deps, identity)
    if (account === null || account.disabledAt !== null) {
      tellUnknown(deps, identity, account)
      return account === null ? null : 'disabled'
    }
    // The password's and the second factor's part was the service's to ask.
    const session = openSession(deps, account.id, { ...sitting, complete: true, external: true })
    auditSignIn(deps, account, { session: session.id, by: 'external' })
    return session
  })
  if (token === null) throw new RuleError('unknown_identity', { service: name })
  if (token === 'disabled') throw new RuleError('account_disabled')
  return token.token
}

/** Who is linked; or, where the service is trusted to tell usernames, who has that one and is linked with nobody yet. */
function accountOf(deps: Deps, { issuer, subject, username }: Identity): AccountRow | null {
  const { db, clock } = deps
  const linked = findIdentity(db, issuer, subject)
  if (linked !== null) return findAccount(db, linked.accountId)
  const named = username === null ? null : findAccountByName(db, usernameOf(username))
  if (named === null || named.kind === 'client' || identityOf(db, named.id, issuer) !== null) return null
  if (named.disabledAt === null) {
    insertIdentity(db, { issuer, subject, accountId: named.id, linkedAt: clock.now() })
    const data = { account: named.id, what: 'linked' }
    recordAudit(deps, { kind: 'account_changed', actorId: named.officerId, data })
  }
  return named
}

function tellUnknown(deps: Deps, { issuer, subject }: Identity, account: AccountRow | null): void {
  recordAudit(deps, {
    kind: 'sign_in_failed',
    actorId: account?.officerId ?? null,
    data: { identity: deps.vault.hash(`identity|${issuer}|${subject}`).toString('hex') },
  })
}
