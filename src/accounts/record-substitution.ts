import { insertSubstitution, officersWithAccounts } from '../../db/queries/substitutions.ts'
import { recordAudit } from '../audit/record-audit.ts'
import { bumpCatalogue, type Catalogue, catalogueOf, type Officer } from '../catalogue/catalogue.ts'
import type { Actor, Deps } from '../deps.ts'
import { daysBetween, type LocalDay, localDayOf } from '../domain/calendar/day.ts'
import { RuleError } from '../domain/refusals.ts'
import { fullDay } from '../web/formats.ts'
import { mustHandOver, peopleOf } from './may-hand-over.ts'
import { handedOn } from './posts.ts'
import { handedOver, isNear } from './substitutes.ts'

/** The longest substitution, first and last day included. */
export const LONGEST_DAYS = 90

export interface SubstitutionInput {
  /** Keys of officers. */
  readonly absent: string
  readonly substitute: string
  readonly from: LocalDay
  readonly to: LocalDay
  readonly reason: string
}

type SubstitutionDeps = Pick<Deps, 'db' | 'clock'>

/**
 * Hands the posts of one officer to another as well, from the midnight that begins `from` to the one that ends `to`;
 * returns its id. The absent keep their own rights. Run it inside a write.
 */
export function recordSubstitution(deps: SubstitutionDeps, actor: Actor, input: SubstitutionInput): number {
  const { db, clock } = deps
  const catalogue = catalogueOf(db)
  const absent = officerOf(catalogue, input.absent)
  const substitute = officerOf(catalogue, input.substitute)
  const today = localDayOf(clock.now())
  mustHandOver(deps, actor, absent.id, input)
  checkDays(input, today)
  checkAbsent(deps, absent, input)
  checkSubstitute(deps, absent, substitute, input)
  // Nobody takes what is not theirs already: an administrator gives rights to others only.
  if (actor.officerId === substitute.id && !peopleOf(catalogue, actor, today).includes(absent.id))
    throw new RuleError('substitution_to_oneself', { name: absent.name })
  const reason = input.reason.trim()
  if (reason === '') throw new RuleError('reason_required', { act: 'Uỷ quyền' })
  const { from, to } = input
  const id = insertSubstitution(db, {
    ...{ absentId: absent.id, substituteId: substitute.id, fromOn: from, toOn: to, reason },
    recordedAt: clock.now(),
    recordedById: actor.officerId,
  })
  bumpCatalogue(db)
  recordAudit(deps, {
    kind: 'substitution_recorded',
    actorId: actor.officerId,
    data: { substitution: id, absent: absent.id, substitute: substitute.id, from, to },
  })
  return id
}

function officerOf({ officerByKey }: Catalogue, key: string): Officer {
  const officer = officerByKey.get(key)
  if (officer === undefined) throw new RuleError('unknown_officer', { officer: key })
  return officer
}

function checkDays({ from, to }: SubstitutionInput, today: LocalDay): void {
  if (to < from) throw new RuleError('invalid_days')
  if (from < today) throw new RuleError('substitution_in_past', { today: fullDay(today) })
  if (daysBetween(from, to) >= LONGEST_DAYS)
    throw new RuleError('substitution_too_long', { most: LONGEST_DAYS })
}

function checkAbsent(
  { db, clock }: SubstitutionDeps,
  { id, name }: Officer,
  { from, to }: SubstitutionInput,
): void {
  const catalogue = catalogueOf(db)
  const posts = handedOn(catalogue, { absentId: id, recordedAt: clock.now() }, from)
  if (posts.every(({ role }) => role === 'client'))
    throw new RuleError('no_post_to_hand_over', { name, day: fullDay(from) })
  const other = handedOver(catalogue, id, { from, to })
  if (other === undefined) return
  const substitute = catalogue.officerById.get(other.substituteId)?.name ?? ''
  const days = { from: fullDay(other.fromOn), to: fullDay(other.toOn) }
  throw new RuleError('substitution_overlaps', { name, substitute, ...days })
}

function checkSubstitute(
  { db }: SubstitutionDeps,
  absent: Officer,
  { id, name: substitute }: Officer,
  { from, to }: SubstitutionInput,
): void {
  const catalogue = catalogueOf(db)
  if (id === absent.id) throw new RuleError('substitute_is_self')
  if (!isNear(catalogue, id, absent.id, from))
    throw new RuleError('substitute_not_near', { substitute, name: absent.name, day: fullDay(from) })
  if (!officersWithAccounts(db).has(id)) throw new RuleError('substitute_without_account', { substitute })
  const away = handedOver(catalogue, id, { from, to })
  if (away !== undefined)
    throw new RuleError('substitute_absent', {
      substitute,
      from: fullDay(away.fromOn),
      to: fullDay(away.toOn),
    })
}
