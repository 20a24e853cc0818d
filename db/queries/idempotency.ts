import type { Db } from '../open.ts'
import { prepared } from '../prepared.ts'

/** How long the same request gets the same answer, in ms: 48 hours. */
export const KEY_LIFE_MS = 48 * 60 * 60_000

/** An actor's key for one operation. `actorId` 0 stands for nobody. */
export interface KeyPlace {
  readonly actorId: number
  readonly operation: string
  readonly key: string
}

export interface RememberedRequest {
  readonly requestHash: string
  /** JSON of ids and a status. */
  readonly outcome: string
}

/** The request remembered under a key since `after`, or null. */
export function findRequest(db: Db, place: KeyPlace, after: number): RememberedRequest | null {
  const row = prepared<RememberedRequest>(
    db,
    `SELECT request_hash AS requestHash, outcome FROM idempotency_keys
       WHERE actor_id = ? AND operation = ? AND key = ? AND created_at > ?`,
  ).get(place.actorId, place.operation, place.key, after)
  return row ?? null
}

/** Remembers a request; one forgotten under the same key gives way. */
export function upsertRequest(db: Db, place: KeyPlace, request: RememberedRequest, createdAt: number): void {
  prepared(
    db,
    `INSERT INTO idempotency_keys (actor_id, operation, key, request_hash, outcome, created_at) VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET request_hash = excluded.request_hash, outcome = excluded.outcome,
         created_at = excluded.created_at`,
  ).run(place.actorId, place.operation, place.key, request.requestHash, request.outcome, createdAt)
}
