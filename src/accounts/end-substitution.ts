import { endSubstitution as markEnded } from '../../db/queries/substitutions.ts'
import { recordAudit } from '../audit/record-audit.ts'
import { bumpCatalogue, catalogueOf, type Substitution } from '../catalogue/catalogue.ts'
import type { Actor, Deps } from '../deps.ts'
import { localDayOf } from '../domain/calendar/day.ts'
import { RuleError } from '../domain/refusals.ts'
import { mustHandOver } from './may-hand-over.ts'

/**
 * Ends a substitution at this moment, or takes back one that has not begun: by whoever could record it, or by the
 * substitute, who may lay it down. Run it inside a write.
 */
export function endSubstitution(deps: Pick<Deps, 'db' | 'clock'>, actor: Actor, id: number): Substitution {
  const { db, clock } = deps
  const found = catalogueOf(db).substitutions.find((each) => each.id === id)
  if (found === undefined) throw new RuleError('unknown_substitution', { substitution: id })
  const { absentId, substituteId, fromOn: from, toOn: to } = found
  if (actor.officerId !== substituteId) mustHandOver(deps, actor, absentId, { from, to })
  const now = clock.now()
  if (found.toOn < localDayOf(now) || !markEnded(db, id, now)) throw new RuleError('substitution_over')
  bumpCatalogue(db)
  recordAudit(deps, {
    kind: 'substitution_ended',
    actorId: actor.officerId,
    data: { substitution: id, absent: absentId, substitute: substituteId },
  })
  return { ...found, endedAt: now }
}
