import { endMembership } from '../../db/queries/memberships.ts'
import { recordAudit } from '../audit/record-audit.ts'
import {
  bumpCatalogue,
  type Catalogue,
  catalogueOf,
  type Membership,
  versionOn,
} from '../catalogue/catalogue.ts'
import { unitName } from '../catalogue/unit-choices.ts'
import type { Actor } from '../deps.ts'
import { addDays, type LocalDay, parseDay } from '../domain/calendar/day.ts'
import { RuleError } from '../domain/refusals.ts'
import { must } from './access.ts'
import { type AccountDeps, knownAccount } from './manage-accounts.ts'

export interface PostEnd {
  readonly post: number
  /** The last day on which it is held; the day before its first one takes back a post given by mistake. */
  readonly lastDay: string
  /** Although nobody heads the unit then. */
  readonly anyway: boolean
}

/**
 * Ends a post of an account on a day: it is kept, with its last day. Refuses (`only_head`) to leave a unit without a
 * head unless told to. Safe twice. Run it inside a write.
 */
export function endPost(
  deps: AccountDeps,
  actor: Actor,
  username: string,
  { post: id, ...input }: PostEnd,
): void {
  must(actor, 'accounts')
  const { db } = deps
  const account = knownAccount(deps, username)
  const catalogue = catalogueOf(db)
  const post = catalogue.officerById.get(account.officerId)?.memberships.find((each) => each.id === id)
  if (post === undefined) throw new RuleError('unknown_post')
  const lastDay = parseDay(input.lastDay)
  if (post.validTo === lastDay) return
  if (lastDay < addDays(post.validFrom, -1)) throw new RuleError('invalid_days')
  if (!input.anyway) keepAHead(catalogue, post, lastDay)
  endMembership(db, id, lastDay)
  bumpCatalogue(db)
  const data = { account: account.id, post: id, unit: post.unitId, role: post.role, held: false, on: lastDay }
  recordAudit(deps, { kind: 'role_changed', actorId: actor.officerId, data })
}

function keepAHead(catalogue: Catalogue, post: Membership, lastDay: LocalDay): void {
  if (post.role !== 'head') return
  const next = addDays(lastDay, 1)
  const unit = catalogue.unitById.get(post.unitId)
  if (versionOn(unit?.versions ?? [], next) === undefined) return
  const isHeaded = catalogue.officers.some(({ memberships }) =>
    memberships.some(
      (other) =>
        other.id !== post.id &&
        other.unitId === post.unitId &&
        other.role === 'head' &&
        versionOn([other], next) !== undefined,
    ),
  )
  if (!isHeaded) throw new RuleError('only_head', { unit: unitName(unit, next), day: lastDay })
}
