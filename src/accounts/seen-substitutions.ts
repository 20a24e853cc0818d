import { catalogueOf, type Substitution } from '../catalogue/catalogue.ts'
import type { Actor, Deps } from '../deps.ts'
import { addDays, localDayOf } from '../domain/calendar/day.ts'
import { may } from './access.ts'
import { peopleOf } from './may-hand-over.ts'

/** Days for which a substitution that is over is still shown. */
const SHOWN_DAYS = 90

/**
 * Substitutions that run, will run or were over lately, the newest first: one's own, given and received, those of the
 * people one heads; all of them for whoever keeps the accounts or reads the audit.
 */
export function seenSubstitutions(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  actor: Actor,
): readonly Substitution[] {
  const catalogue = catalogueOf(db)
  const today = localDayOf(clock.now())
  const seesAll = may(actor, 'accounts') || may(actor, 'audit_read')
  const people = new Set([actor.officerId, ...(seesAll ? [] : peopleOf(catalogue, actor, today))])
  const since = addDays(today, -SHOWN_DAYS)
  return catalogue.substitutions
    .filter(({ toOn }) => toOn >= since)
    .filter(
      ({ absentId, substituteId }) => seesAll || people.has(absentId) || substituteId === actor.officerId,
    )
    .toSorted((a, b) => b.fromOn.localeCompare(a.fromOn) || b.id - a.id)
}
