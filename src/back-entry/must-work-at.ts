import { catalogueOf } from '../catalogue/catalogue.ts'
import type { Actor, Deps } from '../deps.ts'
import { localDayOf } from '../domain/calendar/day.ts'
import { roleFor } from '../dossiers/own-unit.ts'

/** Refuses (`not_your_unit`) who does not work at a shop today: its slips are nobody else's. */
export function mustWorkAt({ db, clock }: Pick<Deps, 'db' | 'clock'>, actor: Actor, unitId: number): void {
  const today = localDayOf(clock.now())
  roleFor(catalogueOf(db), { actor, unitIds: [unitId], day: today, today })
}
