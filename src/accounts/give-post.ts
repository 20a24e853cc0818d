import type { AccountRow } from '../../db/queries/accounts.ts'
import { insertMembership } from '../../db/queries/memberships.ts'
import { recordAudit } from '../audit/record-audit.ts'
import { bumpCatalogue, type Catalogue, catalogueOf, versionOn } from '../catalogue/catalogue.ts'
import { unitName } from '../catalogue/unit-choices.ts'
import type { Actor } from '../deps.ts'
import { parseDay } from '../domain/calendar/day.ts'
import { RuleError } from '../domain/refusals.ts'
import { must } from './access.ts'
import { type AccountDeps, knownAccount } from './manage-accounts.ts'
import { ROLE_LABELS, UNIT_ROLES, type UnitRole } from './roles.ts'

export interface NewPost {
  readonly role: string
  /** Key of the unit. */
  readonly unit: string
  readonly title: string
  /** First day. */
  readonly from: string
  /** Slugs of the fields worked on; empty: all. */
  readonly fields: readonly string[]
}

const LONGEST_TITLE = 150
const CLIENT_ROLES: readonly UnitRole[] = ['client']
export const PERSON_ROLES: readonly UnitRole[] = UNIT_ROLES.filter((role) => role !== 'client')

/**
 * Gives the officer of an account a post in a unit from a day on; returns its id. A person does not hold the role of a
 * program, nor a program that of a person. Run it inside a write.
 */
export function givePost(deps: AccountDeps, actor: Actor, username: string, input: NewPost): number {
  must(actor, 'accounts')
  const { db } = deps
  const account = knownAccount(deps, username)
  const catalogue = catalogueOf(db)
  const validFrom = parseDay(input.from)
  const unitId = unitOf(catalogue, input.unit, validFrom)
  const role = roleOf(account, input.role)
  const title = titleIn(input.title)
  const fields = [...new Set(input.fields)]
  refuseHeld(catalogue, account, { unitId, role, validFrom })
  for (const slug of fields) {
    if (catalogue.fields.every((field) => field.slug !== slug))
      throw new RuleError('unknown_field', { field: slug })
  }
  const { officerId } = account
  const post = insertMembership(db, { officerId, unitId, role, title, validFrom, fields })
  bumpCatalogue(db)
  const data = { account: account.id, post, unit: unitId, role, held: true, on: validFrom }
  recordAudit(deps, { kind: 'role_changed', actorId: actor.officerId, data })
  return post
}

function unitOf({ unitByKey }: Catalogue, key: string, day: string): number {
  const unit = unitByKey.get(key)
  if (unit === undefined) throw new RuleError('unknown_unit', { unit: key })
  if (versionOn(unit.versions, day) === undefined)
    throw new RuleError('unit_not_in_force', { unit: unitName(unit, day), day })
  return unit.id
}

function roleOf({ kind }: AccountRow, role: string): UnitRole {
  const possible = kind === 'client' ? CLIENT_ROLES : PERSON_ROLES
  const found = possible.find((each) => each === role)
  if (found !== undefined) return found
  const words = possible.map((each) => `${each} (${ROLE_LABELS[each]})`).join(', ')
  throw new RuleError('unknown_role', { role, possible: words })
}

function titleIn(text: string): string {
  const title = text.normalize('NFC').replace(/\s+/g, ' ').trim()
  if (title === '' || title.length > LONGEST_TITLE)
    throw new RuleError('title_required', { most: LONGEST_TITLE })
  return title
}

/** Refuses (`post_held`) a second post of the same role in the same unit while the first one lasts. */
function refuseHeld(
  { officerById, unitById }: Catalogue,
  { officerId }: AccountRow,
  {
    unitId,
    role,
    validFrom,
  }: { readonly unitId: number; readonly role: UnitRole; readonly validFrom: string },
): void {
  const { name = '', memberships = [] } = officerById.get(officerId) ?? {}
  const held = memberships.find(
    (post) =>
      post.unitId === unitId && post.role === role && (post.validTo === null || post.validTo >= validFrom),
  )
  if (held === undefined) return
  const unit = unitName(unitById.get(unitId), validFrom)
  throw new RuleError('post_held', { name, unit, from: held.validFrom })
}
