import type { Webhook } from '../../../db/queries/webhooks.ts'
import type { Deps } from '../../deps.ts'
import { RuleError } from '../../domain/refusals.ts'

/** The secret in clear; refuses where it was sealed with a key that is not here any more. */
export function signingSecret({ vault }: Pick<Deps, 'vault'>, { id, secret }: Webhook): string {
  try {
    return vault.open(secret)
  } catch {
    throw new RuleError('unreadable_secret', { webhook: id })
  }
}
