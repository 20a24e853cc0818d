import { may, must, PERMISSIONS } from '../accounts/access.ts'
import { postsOn } from '../accounts/posts.ts'
import type { Role } from '../accounts/roles.ts'
import { catalogueOf } from '../catalogue/catalogue.ts'
import type { Actor, Deps } from '../deps.ts'
import { localDayOf } from '../domain/calendar/day.ts'
import { RuleError } from '../domain/refusals.ts'
import { standFor } from '../dossiers/own-unit.ts'

/**
 * Refuses a head who decides for more than the units they head; days of the whole country are for the head of a district,
 * a city or a province (`decision_of_own_unit`).
 */
export function mayDecideFor(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  actor: Actor,
  days: readonly { readonly unitId: number | null }[],
): void {
  const permission = 'calendar_decide'
  must(actor, permission)
  if (actor.officerId === null || may(actor, 'calendar_of_all')) return
  const catalogue = catalogueOf(db)
  const now = clock.now()
  const today = localDayOf(now)
  for (const { unitId } of days) {
    if (unitId !== null) standFor(catalogue, { actor, permission, unitIds: [unitId], day: today, now })
    else if (!headsGroup()) throw new RuleError('decision_of_own_unit')
  }

  function headsGroup(): boolean {
    const deciding: readonly Role[] = PERMISSIONS[permission].roles
    return postsOn(catalogue, actor.officerId ?? 0, today).some(
      ({ role, unitId }) => deciding.includes(role) && catalogue.unitById.get(unitId)?.kind === 'grouping',
    )
  }
}
