import type { AccountRow } from '../../db/queries/accounts.ts'
import {
  findIdentity,
  identityOf,
  insertIdentity,
  removeIdentity,
} from '../../db/queries/external-identities.ts'
import { recordAudit } from '../audit/record-audit.ts'
import type { Deps } from '../deps.ts'
import { RuleError } from '../domain/refusals.ts'
import type { ExternalService, Identity } from './external-service.ts'

type Service = Pick<ExternalService, 'issuer' | 'name'>

/**
 * From now on this account is signed in to by that identity. Refuses one of another account (`identity_taken`), and a
 * second one of the same service (`identity_linked`): nobody is replaced unasked. Run it inside a write.
 */
export function linkIdentity(deps: Deps, account: AccountRow, service: Service, identity: Identity): void {
  const { issuer, subject } = identity
  const known = findIdentity(deps.db, issuer, subject)
  if (known?.accountId === account.id) return
  if (known !== null) throw new RuleError('identity_taken', { service: service.name })
  if (identityOf(deps.db, account.id, issuer) !== null)
    throw new RuleError('identity_linked', { service: service.name })
  insertIdentity(deps.db, { issuer, subject, accountId: account.id, linkedAt: deps.clock.now() })
  tell(deps, account, 'linked')
}

/** Undoes it; refuses (`only_way_in`) where there is no password to sign in with. Run it inside a write. */
export function unlinkIdentity(deps: Deps, account: AccountRow, { issuer, name }: Service): void {
  if (account.passwordHash === null) throw new RuleError('only_way_in')
  if (!removeIdentity(deps.db, account.id, issuer)) throw new RuleError('not_linked', { service: name })
  tell(deps, account, 'unlinked')
}

function tell(deps: Deps, { id, officerId }: AccountRow, what: 'linked' | 'unlinked'): void {
  recordAudit(deps, { kind: 'account_changed', actorId: officerId, data: { account: id, what } })
}
