import { randomUUID } from 'node:crypto'
import { must } from '../../accounts/access.ts'
import type { Actor, Deps } from '../../deps.ts'
import { printInstant } from '../../domain/calendar/day.ts'
import { knownWebhook } from './known-webhook.ts'
import { type Answer, postMessage } from './post-message.ts'
import { signingSecret } from './signing-secret.ts'

/** Sends a message about nothing at once and once, and says what the receiver answered; it is in no log. */
export async function sendTest(
  { db, vault, clock }: Pick<Deps, 'db' | 'vault' | 'clock'>,
  actor: Actor,
  webhookId: number,
): Promise<Answer> {
  must(actor, 'webhooks')
  const webhook = knownWebhook({ db }, webhookId)
  const id = `test_${randomUUID()}`
  const at = printInstant(clock.now())
  const body = JSON.stringify({ id, type: 'webhook.test', occurredAt: at, recordedAt: at, dossier: null })
  return postMessage(webhook.url, signingSecret({ vault }, webhook), { id, body })
}
