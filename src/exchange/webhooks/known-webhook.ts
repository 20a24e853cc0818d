import { findWebhook, type Webhook } from '../../../db/queries/webhooks.ts'
import type { Deps } from '../../deps.ts'
import { RuleError } from '../../domain/refusals.ts'

/** The webhook of this number; refuses one that is not there or was removed. */
export function knownWebhook({ db }: Pick<Deps, 'db'>, id: number): Webhook {
  const webhook = findWebhook(db, id)
  if (webhook === null) throw new RuleError('unknown_webhook', { webhook: id })
  return webhook
}
