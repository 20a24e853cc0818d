import type { Act } from '../../src/domain/life-cycle/life-cycle.ts'
import type { Db } from '../open.ts'
import { prepared } from '../prepared.ts'

export const DELIVERY_STATUSES = ['waiting', 'delivered', 'given_up'] as const
export type DeliveryStatus = (typeof DELIVERY_STATUSES)[number]

/** How many messages are on their way to one address at once: a slow one does not take all places. */
const ON_THEIR_WAY = 2

/** What is being sent at `@now`: claimed, no answer yet, and not so long ago that its sender must be dead. */
const SENDING = `status = 'waiting' AND attempts > 0 AND last_status IS NULL AND last_error IS NULL AND next_at > @now`

export interface DueDelivery {
  readonly id: number
  /** Attempts so far. */
  readonly attempts: number
}

/**
 * What may be sent to an address now, the longest due first. A message waits while an earlier one of its dossier does;
 * dossiers do not wait for each other.
 */
export function dueDeliveries(db: Db, webhook: number, now: number): readonly DueDelivery[] {
  const sending = prepared<{ n: number }>(
    db,
    `SELECT count(*) AS n FROM webhook_deliveries INDEXED BY webhook_deliveries_due
       WHERE ${SENDING} AND webhook_id = @webhook`,
  ).get({ webhook, now }) as { n: number }
  return prepared<DueDelivery>(
    db,
    `SELECT d.id, d.attempts FROM webhook_deliveries d INDEXED BY webhook_deliveries_due
       CROSS JOIN events e ON e.id = d.event_id
       WHERE d.status = 'waiting' AND d.next_at <= @now AND d.webhook_id = @webhook AND NOT EXISTS (
         SELECT 1 FROM events earlier CROSS JOIN webhook_deliveries w
           ON w.webhook_id = d.webhook_id AND w.event_id = earlier.id
           WHERE earlier.dossier_id = e.dossier_id AND earlier.seq < e.seq AND w.status = 'waiting')
       ORDER BY d.next_at, d.id LIMIT @free`,
  ).all({ webhook, now, free: ON_THEIR_WAY - sending.n })
}

export interface ClaimedDelivery {
  readonly id: number
  readonly webhookId: number
  readonly body: string
  /** Number of this attempt; its result counts while no other attempt has begun. */
  readonly attempt: number
}

/** Begins the next attempt; until `leaseEnd` nobody else does. Ask what is due in the same transaction. */
export function claimDelivery(db: Db, id: number, leaseEnd: number): ClaimedDelivery {
  return prepared<ClaimedDelivery>(
    db,
    `UPDATE webhook_deliveries SET attempts = attempts + 1, next_at = ?, last_status = NULL, last_error = NULL
       WHERE id = ? RETURNING id, webhook_id AS webhookId, body, attempts AS attempt`,
  ).get(leaseEnd, id) as ClaimedDelivery
}

export interface AttemptResult {
  readonly status: DeliveryStatus
  readonly nextAt: number | null
  readonly lastStatus: number | null
  readonly lastError: string | null
  readonly deliveredAt: number | null
}

/** What came of an attempt; nothing where the message has changed its standing meanwhile. */
export function recordAttempt(
  db: Db,
  { id, attempt }: Pick<ClaimedDelivery, 'id' | 'attempt'>,
  result: AttemptResult,
): boolean {
  const { status, nextAt, lastStatus, lastError, deliveredAt } = result
  const record = prepared(
    db,
    `UPDATE webhook_deliveries SET status = ?, next_at = ?, last_status = ?, last_error = ?, delivered_at = ?
       WHERE id = ? AND attempts = ? AND status = 'waiting'`,
  )
  return record.run(status, nextAt, lastStatus, lastError, deliveredAt, id, attempt).changes === 1
}

export function insertDelivery(db: Db, webhookId: number, eventId: number, body: string, at: number): void {
  prepared(
    db,
    `INSERT INTO webhook_deliveries (webhook_id, event_id, body, status, attempts, next_at, created_at)
       VALUES (?, ?, ?, 'waiting', 0, ?, ?)`,
  ).run(webhookId, eventId, body, at, at)
}

/** Sends a message once more from the beginning, unless it is on its way just now. */
export function resendDelivery(db: Db, id: number, now: number): void {
  prepared(
    db,
    `UPDATE webhook_deliveries SET status = 'waiting', attempts = 0, next_at = @now, last_status = NULL,
       last_error = NULL, delivered_at = NULL WHERE id = @id AND NOT (${SENDING})`,
  ).run({ id, now })
}

/** What waits for a removed address is given up; how many. */
export function giveUpWaiting(db: Db, webhookId: number, why: string): number {
  const giveUp = prepared(
    db,
    `UPDATE webhook_deliveries SET status = 'given_up', next_at = NULL, last_error = ?
       WHERE webhook_id = ? AND status = 'waiting'`,
  )
  return giveUp.run(why, webhookId).changes
}

export interface LoggedDelivery extends AttemptResult {
  readonly id: number
  readonly eventId: number
  readonly act: Act
  readonly dossierId: number
  readonly code: string | null
  readonly body: string
  readonly attempts: number
  readonly createdAt: number
}

const LOGGED = `SELECT l.id, l.event_id AS eventId, e.act, e.dossier_id AS dossierId, d.code, l.body, l.status,
  l.attempts, l.next_at AS nextAt, l.last_status AS lastStatus, l.last_error AS lastError, l.created_at AS createdAt,
  l.delivered_at AS deliveredAt
  FROM webhook_deliveries l CROSS JOIN events e ON e.id = l.event_id CROSS JOIN dossiers d ON d.id = e.dossier_id
  WHERE l.webhook_id = @webhook`

export interface LogQuery {
  readonly webhook: number
  readonly status: DeliveryStatus | null
  /** Only those of events before this one. */
  readonly before: number
  readonly limit: number
}

/** The log of one address, newest first. */
export function deliveryLog(db: Db, query: LogQuery): readonly LoggedDelivery[] {
  return prepared<LoggedDelivery>(
    db,
    `${LOGGED} AND l.event_id < @before AND (@status IS NULL OR l.status = @status)
       ORDER BY l.event_id DESC LIMIT @limit`,
  ).all(query)
}

export function findDelivery(db: Db, webhook: number, id: number): LoggedDelivery | null {
  return prepared<LoggedDelivery>(db, `${LOGGED} AND l.id = @id`).get({ webhook, id }) ?? null
}

export interface WebhookStanding {
  readonly lastDeliveredAt: number | null
  readonly waiting: number
  readonly givenUp: number
  /** Since when the oldest message that was tried in vain has been waiting. */
  readonly failingSince: number | null
}

export function webhookStanding(db: Db, webhook: number): WebhookStanding {
  return prepared<WebhookStanding>(
    db,
    `SELECT
       (SELECT delivered_at FROM webhook_deliveries WHERE webhook_id = @webhook AND status = 'delivered'
         ORDER BY event_id DESC LIMIT 1) AS lastDeliveredAt,
       (SELECT count(*) FROM webhook_deliveries INDEXED BY webhook_deliveries_due
         WHERE status = 'waiting' AND webhook_id = @webhook) AS waiting,
       (SELECT count(*) FROM webhook_deliveries WHERE webhook_id = @webhook AND status = 'given_up') AS givenUp,
       (SELECT min(created_at) FROM webhook_deliveries INDEXED BY webhook_deliveries_due
         WHERE status = 'waiting' AND webhook_id = @webhook AND (last_status IS NOT NULL OR last_error IS NOT NULL))
         AS failingSince`,
  ).get({ webhook }) as WebhookStanding
}

export interface DeliveryTotals {
  readonly waiting: number
  readonly givenUp: number
  /** When the oldest waiting message was made. */
  readonly oldestAt: number | null
}

/** How many messages wait and were given up, over all addresses. */
export function deliveryTotals(db: Db): DeliveryTotals {
  return prepared<DeliveryTotals>(
    db,
    `SELECT coalesce(sum(status = 'waiting'), 0) AS waiting, coalesce(sum(status = 'given_up'), 0) AS givenUp,
       min(CASE WHEN status = 'waiting' THEN created_at END) AS oldestAt FROM webhook_deliveries`,
  ).get() as DeliveryTotals
}
