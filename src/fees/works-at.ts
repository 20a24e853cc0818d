import type { Permission } from '../accounts/access.ts'
import { catalogueOf, type Unit } from '../catalogue/catalogue.ts'
import type { Actor, Deps } from '../deps.ts'
import { localDayOf } from '../domain/calendar/day.ts'
import { stands } from '../dossiers/own-unit.ts'

/** Whether somebody works at the desk of a unit now; whoever else sees it only reads there. */
export function worksAt(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  actor: Actor,
  { id }: Pick<Unit, 'id'>,
  permission: Permission = 'dossiers_write',
): boolean {
  const now = clock.now()
  return stands(catalogueOf(db), { actor, permission, unitIds: [id], day: localDayOf(now), now })
}
