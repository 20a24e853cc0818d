import { must } from '../accounts/access.ts'
import { type Catalogue, catalogueOf, versionOn } from '../catalogue/catalogue.ts'
import type { Actor, Deps } from '../deps.ts'
import { type LocalDay, localDayOf } from '../domain/calendar/day.ts'
import { RuleError } from '../domain/refusals.ts'
import { roleFor } from '../dossiers/own-unit.ts'

/**
 * Refuses a head who decides for more than the units they head; days of the whole country are for the head of a district,
 * a city or a province, and those above.
 */
export function mayDecideFor(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  actor: Actor,
  days: readonly { readonly unitId: number | null }[],
): void {
  must(actor, 'calendar_decide')
  if (actor.role !== 'head' || actor.officerId === null || actor.roles?.includes('administrator')) return
  const catalogue = catalogueOf(db)
  const today = localDayOf(clock.now())
  if (headsGroup(catalogue, actor.officerId, today)) return
  for (const { unitId } of days) {
    if (unitId === null) throw new RuleError('decision_of_own_unit')
    const role = roleFor(catalogue, { actor, unitIds: [unitId], day: today, today })
    if (role !== 'head') throw new RuleError('decision_of_own_unit')
  }
}

function headsGroup({ officerById, unitById }: Catalogue, officerId: number, today: LocalDay): boolean {
  const posts = officerById.get(officerId)?.memberships ?? []
  return posts.some(
    (post) =>
      post.role === 'head' &&
      versionOn([post], today) !== undefined &&
      unitById.get(post.unitId)?.kind === 'grouping',
  )
}
