import {
  type AttemptResult,
  type ClaimedDelivery,
  claimDelivery,
  type DueDelivery,
  dueDeliveries,
  recordAttempt,
} from '../../../db/queries/webhook-deliveries.ts'
import { findWebhook, listWebhooks, type Webhook } from '../../../db/queries/webhooks.ts'
import type { Deps } from '../../deps.ts'
import type { Instant } from '../../domain/calendar/day.ts'
import { RuleError } from '../../domain/refusals.ts'
import { settleGivenUp } from './given-up-alarm.ts'
import { type Answer, postMessage } from './post-message.ts'
import { waitAfter } from './retry-after.ts'
import { signingSecret } from './signing-secret.ts'

/** After this long the sender of a message without a result is taken for dead, and it is sent again. In ms. */
const LEASE_MS = 60_000

export interface Due extends DueDelivery {
  readonly webhookId: number
}

/** What may be sent now, of each address in turn. */
export function dueMessages({ db, clock }: Pick<Deps, 'db' | 'clock'>): readonly Due[] {
  return listWebhooks(db)
    .filter(({ pausedAt }) => pausedAt === null)
    .flatMap(({ id }) => dueDeliveries(db, id, clock.now()).map((due) => ({ ...due, webhookId: id })))
}

/**
 * Sends a message if it is (still) due: claim, post, record. A process that dies in between leaves a claim that
 * lapses, so a message may come twice and is never lost. `stop` cuts it off as dying would.
 */
export async function deliver(
  deps: Deps,
  { id, webhookId }: Pick<Due, 'id' | 'webhookId'>,
  stop: AbortSignal,
): Promise<'delivered' | 'failed' | 'skipped'> {
  const { db, clock, log } = deps
  const claimed = claim(deps, id, webhookId)
  if (claimed === null) return 'skipped'
  const { webhook, delivery } = claimed
  const answer = await answerOf(deps, webhook, delivery, stop)
  if (stop.aborted && !answer.taken) return 'skipped'
  const result = resultOf(answer, delivery.attempt, clock.now())
  const store = db.transaction(() => {
    if (recordAttempt(db, delivery, result) && result.status === 'given_up')
      settleGivenUp(db, webhook, clock.now())
  })
  store.immediate()
  const { status, error } = answer
  log.info({ webhook: webhookId, delivery: id, attempt: delivery.attempt, status, error }, 'webhook attempt')
  return answer.taken ? 'delivered' : 'failed'
}

interface Claimed {
  readonly webhook: Webhook
  readonly delivery: ClaimedDelivery
}

function claim({ db, clock }: Deps, id: number, webhookId: number): Claimed | null {
  const take = db.transaction((): Claimed | null => {
    const now = clock.now()
    const webhook = findWebhook(db, webhookId)
    if (webhook === null || webhook.pausedAt !== null) return null
    const isDue = dueDeliveries(db, webhookId, now).some((due) => due.id === id)
    return isDue ? { webhook, delivery: claimDelivery(db, id, now + LEASE_MS) } : null
  })
  return take.immediate()
}

async function answerOf(
  deps: Deps,
  webhook: Webhook,
  { body }: ClaimedDelivery,
  stop: AbortSignal,
): Promise<Answer> {
  const { id } = JSON.parse(body) as { id: string }
  try {
    return await postMessage(webhook.url, signingSecret(deps, webhook), { id, body }, stop)
  } catch (error) {
    if (!(error instanceof RuleError)) throw error
    return { taken: false, status: null, error: error.message, retryAfterMs: null, unreached: true }
  }
}

function resultOf(
  { taken, status, error, retryAfterMs }: Answer,
  attempt: number,
  now: Instant,
): AttemptResult {
  const last = { lastStatus: status, lastError: error }
  if (taken) return { ...last, status: 'delivered', nextAt: null, deliveredAt: now }
  const wait = waitAfter(attempt, retryAfterMs)
  if (wait === null) return { ...last, status: 'given_up', nextAt: null, deliveredAt: null }
  return { ...last, status: 'waiting', nextAt: now + wait, deliveredAt: null }
}
