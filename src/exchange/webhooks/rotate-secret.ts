import { setSecret } from '../../../db/queries/webhooks.ts'
import { must } from '../../accounts/access.ts'
import { recordAudit } from '../../audit/record-audit.ts'
import type { Actor, Deps } from '../../deps.ts'
import type { NewSecret } from '../../web/secret-once.ts'
import { knownWebhook } from './known-webhook.ts'
import { newSecret } from './signature.ts'

/** A new secret in place of the old one, which signs nothing any more from now on. */
export function rotateSecret(
  deps: Pick<Deps, 'db' | 'clock' | 'vault'>,
  actor: Actor,
  id: number,
): NewSecret {
  must(actor, 'webhooks')
  const { db, vault } = deps
  knownWebhook({ db }, id)
  const secret = newSecret()
  setSecret(db, id, vault.seal(secret))
  const data = { webhook: id, what: 'secret_rotated' }
  recordAudit(deps, { kind: 'webhook_changed', actorId: actor.officerId, data })
  return { id, secret }
}
