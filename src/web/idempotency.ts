import { findRequest, KEY_LIFE_MS, upsertRequest } from '../../db/queries/idempotency.ts'
import type { Actor, Deps } from '../deps.ts'
import { RuleError } from '../domain/refusals.ts'

const KEY = /^[\x21-\x7e]{1,200}$/

export interface RepeatableRequest {
  readonly actor: Actor
  /** `log_dossier`, `finish`, …: a key belongs to an actor and an operation. */
  readonly operation: string
  /** What the request is about and says; a repeated key must bring the same. */
  readonly content: unknown
  /** The header Idempotency-Key; without it every request counts. */
  readonly key: string | undefined
}

export interface Done<T> {
  readonly value: T
  /** The request had been done before; nothing was done now. */
  readonly repeated: boolean
}

/**
 * Does `work` once for a key: a repeated request gets what the first one made, by its id (`again`), another
 * request with the same key is refused. Run it inside the write, so that key and work are stored together or
 * not at all; two clicks in one group see each other. Only an id is remembered, whether it is that of something waiting,
 * and a keyed hash of the request.
 */
export function once<T extends { readonly id: number; readonly waiting?: boolean }>(
  { db, clock, vault }: Pick<Deps, 'db' | 'clock' | 'vault'>,
  { actor, operation, content, key }: RepeatableRequest,
  work: () => T,
  again: (id: number, waiting: boolean) => T,
): Done<T> {
  if (key === undefined) return { value: work(), repeated: false }
  if (!KEY.test(key)) throw new RuleError('invalid_idempotency_key')
  const place = { actorId: actor.officerId ?? 0, operation, key }
  const requestHash = vault.hash(JSON.stringify(content)).toString('base64url')
  const now = clock.now()
  const before = findRequest(db, place, now - KEY_LIFE_MS)
  if (before !== null) {
    if (before.requestHash !== requestHash) throw new RuleError('idempotency_mismatch')
    const { id, waiting = false } = JSON.parse(before.outcome) as { id: number; waiting?: boolean }
    return { value: again(id, waiting), repeated: true }
  }
  const value = work()
  const outcome = JSON.stringify({ id: value.id, ...(value.waiting && { waiting: true }) })
  upsertRequest(db, place, { requestHash, outcome }, now)
  return { value, repeated: false }
}
