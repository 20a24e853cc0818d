import { findDelivery, type LoggedDelivery, resendDelivery } from '../../../db/queries/webhook-deliveries.ts'
import { must } from '../../accounts/access.ts'
import type { Actor, Deps } from '../../deps.ts'
import { RuleError } from '../../domain/refusals.ts'
import { settleGivenUp } from './given-up-alarm.ts'
import { knownWebhook } from './known-webhook.ts'

/** Sends a message of the log again, the same bytes with the same id, with all attempts before it. */
export function resendMessage(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  actor: Actor,
  webhookId: number,
  deliveryId: number,
): LoggedDelivery {
  must(actor, 'webhooks')
  const webhook = knownWebhook({ db }, webhookId)
  const known = () => findDelivery(db, webhookId, deliveryId)
  if (known() === null) throw new RuleError('unknown_delivery', { webhook: webhookId, delivery: deliveryId })
  if (webhook.pausedAt !== null) throw new RuleError('webhook_paused')
  const now = clock.now()
  resendDelivery(db, deliveryId, now)
  settleGivenUp(db, webhook, now)
  return known() as LoggedDelivery
}
