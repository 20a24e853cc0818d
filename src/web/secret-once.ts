import type { Deps } from '../deps.ts'
import { type Done, once, type RepeatableRequest } from './idempotency.ts'

/** A secret in clear, given this once: the database has it sealed or hashed. */
export interface NewSecret {
  readonly id: number
  readonly secret: string
}

/** As `NewSecret`; null: it was shown before, to the request that is repeated now. */
export interface ShownSecret {
  readonly id: number
  readonly secret: string | null
}

/** Makes a secret once for a key. It is kept nowhere in clear, so a repeated request gets what it belongs to without it. */
export function secretOnce(
  deps: Pick<Deps, 'db' | 'clock' | 'vault'>,
  request: RepeatableRequest,
  work: () => NewSecret,
): Done<ShownSecret> {
  return once<ShownSecret>(deps, request, work, (id) => ({ id, secret: null }))
}
