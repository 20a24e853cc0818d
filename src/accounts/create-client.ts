import type { AccountRow } from '../../db/queries/accounts.ts'
import type { Actor } from '../deps.ts'
import { localDayOf } from '../domain/calendar/day.ts'
import { RuleError } from '../domain/refusals.ts'
import { createAccount } from './create-account.ts'
import { givePost } from './give-post.ts'
import type { AccountDeps } from './manage-accounts.ts'
import { ROLE_LABELS } from './roles.ts'

export interface NewClient {
  readonly username?: string | undefined
  /** What the program is called. */
  readonly name: string
  /** Keys of the units in which it works, with everything below. */
  readonly units: readonly string[]
}

/** An account for a program, with a post from today on in each unit; tokens are issued to it. Run it inside a write. */
export function createClient(
  deps: AccountDeps,
  actor: Actor,
  { username, name, units }: NewClient,
): AccountRow {
  if (units.length === 0) throw new RuleError('unit_of_client_required')
  const account = createAccount(deps, actor, { username, name, kind: 'client' })
  const from = localDayOf(deps.clock.now())
  for (const unit of units) {
    const post = { role: 'client', unit, title: ROLE_LABELS.client, from, fields: [] }
    givePost(deps, actor, account.username, post)
  }
  return account
}
