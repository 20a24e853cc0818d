import {
  type AccountRow,
  findAccountByName,
  findAccountOfOfficer,
  insertAccount,
  insertOfficer,
} from '../../db/queries/accounts.ts'
import { recordAudit } from '../audit/record-audit.ts'
import { bumpCatalogue, catalogueOf } from '../catalogue/catalogue.ts'
import type { Actor } from '../deps.ts'
import { RuleError } from '../domain/refusals.ts'
import { must } from './access.ts'
import type { AccountDeps } from './manage-accounts.ts'
import { usernameOf } from './sign-in.ts'
import { RESERVED, suggestUsername } from './suggest-username.ts'

export interface NewAccount {
  /** Left out or empty: suggested from the name. */
  readonly username?: string | undefined
  /** Key of an officer who is known; else `name` of one who is not yet. */
  readonly officer?: string | undefined
  readonly name?: string | undefined
  readonly kind: AccountRow['kind']
}

export const LONGEST_NAME = 100

/** Makes an account without a password; returns it. Run it inside a write. */
export function createAccount(deps: AccountDeps, actor: Actor, input: NewAccount): AccountRow {
  must(actor, 'accounts')
  const { db, clock } = deps
  const known = officerOf(deps, input.officer)
  const name = known?.name ?? nameIn(input.name)
  const username = usernameOf(input.username ?? '') || suggestUsername(db, name)
  if (!/^[a-z0-9][a-z0-9._-]{1,38}[a-z0-9]$/.test(username) || username === RESERVED)
    throw new RuleError('invalid_username', { username })
  if (findAccountByName(db, username) !== null) throw new RuleError('username_taken', { username })
  const other = known === null ? null : findAccountOfOfficer(db, known.id)
  if (other !== null) throw new RuleError('has_account', { name, username: other.username })
  const officerId = known?.id ?? addOfficer(deps, username, name)
  const id = insertAccount(db, { username, officerId, kind: input.kind, createdAt: clock.now() })
  const data = { account: id, officer: officerId, kind: input.kind }
  recordAudit(deps, { kind: 'account_created', actorId: actor.officerId, data })
  return findAccountByName(db, username) as AccountRow
}

function officerOf({ db }: AccountDeps, key: string | undefined) {
  if (key === undefined || key === '') return null
  const known = catalogueOf(db).officerByKey.get(key)
  if (known === undefined) throw new RuleError('unknown_officer', { officer: key })
  return known
}

function nameIn(text = ''): string {
  const words = text.normalize('NFC').replace(/\s+/g, ' ').trim()
  if (words === '' || words.length > LONGEST_NAME) throw new RuleError('name_of_person_required')
  return words
}

/** A new officer, with the username as key; where an officer has that key already, with a number behind it. */
function addOfficer({ db }: AccountDeps, username: string, name: string): number {
  const { officerByKey } = catalogueOf(db)
  let key = username
  for (let n = 2; officerByKey.has(key); n++) key = `${username}.${n}`
  const id = insertOfficer(db, key, name)
  bumpCatalogue(db)
  return id
}
