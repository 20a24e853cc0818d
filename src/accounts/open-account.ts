import type { AccountRow } from '../../db/queries/accounts.ts'
import type { Actor, Deps } from '../deps.ts'
import { createAccount, type NewAccount } from './create-account.ts'
import { givePost, type NewPost } from './give-post.ts'
import { type AccountDeps, changeInstallationRole, resetPassword } from './manage-accounts.ts'
import type { InstallationRole } from './roles.ts'

export interface PersonOpening extends Omit<NewAccount, 'kind'> {
  /** The first post; null: none yet, or they hold one already. */
  readonly post: NewPost | null
  readonly roles: readonly InstallationRole[]
  /** Of the temporary password. */
  readonly hash: string
}

/** A person's account with all they begin with: first post, roles, temporary password. Run it inside a write. */
export function openAccount(
  deps: AccountDeps & Pick<Deps, 'vault'>,
  actor: Actor,
  opening: PersonOpening,
): AccountRow {
  const { post, roles, hash, ...person } = opening
  const account = createAccount(deps, actor, { ...person, kind: 'person' })
  const { username } = account
  if (post !== null) givePost(deps, actor, username, post)
  for (const role of roles) changeInstallationRole(deps, actor, { username, role, held: true })
  resetPassword(deps, actor, username, hash)
  return account
}
