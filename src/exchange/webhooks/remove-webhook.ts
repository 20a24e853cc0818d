import { clearAlarm } from '../../../db/queries/alarms.ts'
import { giveUpWaiting } from '../../../db/queries/webhook-deliveries.ts'
import { setPaused, setSecret } from '../../../db/queries/webhooks.ts'
import { must } from '../../accounts/access.ts'
import { recordAudit } from '../../audit/record-audit.ts'
import type { Actor, Deps } from '../../deps.ts'
import { givenUpAlarm } from './given-up-alarm.ts'
import { knownWebhook } from './known-webhook.ts'

const NO_SECRET = Buffer.alloc(0)

/**
 * Removes an address: its secret is destroyed, so nothing can be sent in its name any more. The row stays for the log,
 * with the moment of the removal. Returns how many messages were still waiting.
 */
export function removeWebhook({ db, clock }: Pick<Deps, 'db' | 'clock'>, actor: Actor, id: number): number {
  must(actor, 'webhooks')
  const webhook = knownWebhook({ db }, id)
  const now = clock.now()
  setPaused(db, id, now)
  setSecret(db, id, NO_SECRET)
  clearAlarm(db, givenUpAlarm(webhook), now)
  const data = { webhook: id, what: 'removed' }
  recordAudit({ db, clock }, { kind: 'webhook_changed', actorId: actor.officerId, data })
  return giveUpWaiting(db, id, 'Webhook đã bị gỡ.')
}
