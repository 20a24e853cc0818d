import { type AccountRow, allAccounts } from '../../db/queries/accounts.ts'
import { type Catalogue, catalogueOf, type Officer, versionOn } from '../catalogue/catalogue.ts'
import type { Deps } from '../deps.ts'
import { type LocalDay, localDayOf } from '../domain/calendar/day.ts'
import { fold } from '../fold.ts'
import { type Post, postsOn } from './posts.ts'
import type { InstallationRole, Role } from './roles.ts'
import { unitsAbove } from './seen-units.ts'

/** How an account stands, the first that is true. */
export const ACCOUNT_STATES = ['disabled', 'postless', 'temporary', 'active'] as const
export type AccountState = (typeof ACCOUNT_STATES)[number]

/** Somebody with what they hold today. */
export interface Holder {
  readonly name: string
  readonly posts: readonly Post[]
  readonly wide: readonly InstallationRole[]
}

export interface ListedAccount extends Holder {
  readonly account: AccountRow
  readonly state: AccountState
}

export interface AccountFilter {
  /** Part of a name or of a username, marks or not. */
  readonly words: string
  /** Key of a unit: in it or below. */
  readonly unit: string
  readonly role: string
}

/** The accounts of people that the filter lets through, by name. */
export function listPeople(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  filter: AccountFilter,
): readonly ListedAccount[] {
  const catalogue = catalogueOf(db)
  const today = localDayOf(clock.now())
  return allAccounts(db)
    .filter(({ kind }) => kind === 'person')
    .map((account) => listed(catalogue, account, today))
    .filter((row) => isWanted(catalogue, row, row.account.username, filter, today))
    .sort(byName)
}

/** Officers who hold a post today and have no account, through the same filter. */
export function listWithoutAccount(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  filter: AccountFilter,
): readonly (Holder & { readonly officer: Officer })[] {
  const catalogue = catalogueOf(db)
  const today = localDayOf(clock.now())
  const known = new Set(allAccounts(db).map(({ officerId }) => officerId))
  return catalogue.officers
    .filter(({ id }) => !known.has(id))
    .map((officer) => ({ officer, ...holderOf(catalogue, officer.id, today) }))
    .filter(({ posts }) => posts.length > 0)
    .filter((row) => isWanted(catalogue, row, row.officer.key, filter, today))
    .sort(byName)
}

/** One account as the list has it. */
export function listed(catalogue: Catalogue, account: AccountRow, today: LocalDay): ListedAccount {
  const holder = holderOf(catalogue, account.officerId, today)
  return { account, ...holder, state: stateOf(account, holder) }
}

function holderOf(catalogue: Catalogue, officerId: number, today: LocalDay): Holder {
  const officer = catalogue.officerById.get(officerId)
  const wide = (officer?.installationRoles ?? []).filter((role) => versionOn([role], today) !== undefined)
  return {
    name: officer?.name ?? '',
    posts: postsOn(catalogue, officerId, today),
    wide: wide.map(({ role }) => role),
  }
}

function stateOf({ disabledAt, temporaryUntil }: AccountRow, { posts, wide }: Holder): AccountState {
  if (disabledAt !== null) return 'disabled'
  if (posts.length === 0 && wide.length === 0) return 'postless'
  return temporaryUntil === null ? 'active' : 'temporary'
}

function isWanted(
  catalogue: Catalogue,
  { name, posts, wide }: Holder,
  key: string,
  { words, unit, role }: AccountFilter,
  today: LocalDay,
): boolean {
  const sought = fold(words)
  if (sought !== '' && !fold(name).includes(sought) && !key.includes(sought)) return false
  const held: readonly Role[] = [...wide, ...posts.map((post) => post.role)]
  if (role !== '' && !held.some((each) => each === role)) return false
  if (unit === '') return true
  const unitId = catalogue.unitByKey.get(unit)?.id
  return posts.some((post) => unitsAbove(catalogue, post.unitId, today).some((id) => id === unitId))
}

/** Given name first, as Vietnamese lists are ordered. */
function byName(a: Holder, b: Holder): number {
  const given = ({ name }: Holder) => name.split(' ').at(-1) ?? ''
  return given(a).localeCompare(given(b), 'vi') || a.name.localeCompare(b.name, 'vi')
}
