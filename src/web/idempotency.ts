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
 * not at all; two clicks in one group see each other. Only an id is remembered, whether it is that of something waiting,
 * and a keyed hash of the request.
 */
export function once<T extends { readonly id: number; readonly waiting?: boolean }>(
  deps: Pick<Deps, 'db' | 'clock' | 'vault'>,
  request: RepeatableRequest,
  work: () => T,
  again: (id: number, waiting: boolean) => T,
): Done<T> {
  const before = remembered(deps, request)
  if (before !== null) return { value: again(before.id, before.waiting ?? false), repeated: true }
  const value = work()
  if (request.key !== undefined) {
    const outcome = JSON.stringify({ id: value.id, ...(value.waiting && { waiting: true }) })
    const remember = { requestHash: hashOf(deps, request), outcome }
    upsertRequest(deps.db, placeOf(request, request.key), remember, deps.clock.now())
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
  return remembered(deps, request)?.id ?? null
}

interface Remembered {
  readonly id: number
  readonly waiting?: true
}

function remembered(
  deps: Pick<Deps, 'db' | 'clock' | 'vault'>,
  request: RepeatableRequest,
): Remembered | null {
  const { key } = request
  if (key === undefined) return null
  if (!KEY.test(key)) throw new RuleError('invalid_idempotency_key')
  const before = findRequest(deps.db, placeOf(request, key), deps.clock.now() - KEY_LIFE_MS)
  if (before === null) return null
  const made = JSON.parse(before.outcome) as Remembered
  if (before.requestHash !== hashOf(deps, request))
    throw new RuleError('idempotency_mismatch', { id: made.id, ...(made.waiting && { waiting: 1 }) })
  return made
}

function placeOf({ actor, operation }: RepeatableRequest, key: string): KeyPlace {
  return { actorId: actor.officerId ?? 0, operation, key }
}

function hashOf({ vault }: Pick<Deps, 'vault'>, { content }: RepeatableRequest): string {
  return vault.hash(JSON.stringify(content)).toString('base64url')
}
