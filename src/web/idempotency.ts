import { findRequest, KEY_LIFE_MS, type KeyPlace, upsertRequest } from '../../db/queries/idempotency.ts'
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
 * not at all; two clicks in one group see each other. Only an id is remembered, and a keyed hash of the request.
 */
export function once<T extends { readonly id: number }>(
  deps: Pick<Deps, 'db' | 'clock' | 'vault'>,
  request: RepeatableRequest,
  work: () => T,
  again: (id: number) => T,
): Done<T> {
  const id = answered(deps, request)
  if (id !== null) return { value: again(id), repeated: true }
  const value = work()
  if (request.key !== undefined) {
    const remembered = { requestHash: hashOf(deps, request), outcome: JSON.stringify({ id: value.id }) }
    upsertRequest(deps.db, placeOf(request, request.key), remembered, deps.clock.now())
  }
  return { value, repeated: false }
}

/**
 * The id of what the same request made before, null when it is new. For work that has a costly part before the
 * write: ask first, then `once` within the write.
 */
export function answered(
  deps: Pick<Deps, 'db' | 'clock' | 'vault'>,
  request: RepeatableRequest,
): number | null {
  const { key } = request
  if (key === undefined) return null
  if (!KEY.test(key)) throw new RuleError('invalid_idempotency_key')
  const before = findRequest(deps.db, placeOf(request, key), deps.clock.now() - KEY_LIFE_MS)
  if (before === null) return null
  if (before.requestHash !== hashOf(deps, request)) throw new RuleError('idempotency_mismatch')
  return (JSON.parse(before.outcome) as { id: number }).id
}

function placeOf({ actor, operation }: RepeatableRequest, key: string): KeyPlace {
  return { actorId: actor.officerId ?? 0, operation, key }
}

function hashOf({ vault }: Pick<Deps, 'vault'>, { content }: RepeatableRequest): string {
  return vault.hash(JSON.stringify(content)).toString('base64url')
}
