import { unitsGranted } from '../accounts/seen-units.ts'
import { catalogueOf } from '../catalogue/catalogue.ts'
import { unitName } from '../catalogue/unit-choices.ts'
import type { Actor, Deps } from '../deps.ts'
import { localDayOf } from '../domain/calendar/day.ts'
import { RuleError } from '../domain/refusals.ts'
import { standFor } from '../dossiers/own-unit.ts'

/** Refuses (`not_your_unit`) who does not work at a shop today: its slips are nobody else's. */
export function mustWorkAt({ db, clock }: Pick<Deps, 'db' | 'clock'>, actor: Actor, unitId: number): void {
  const now = clock.now()
  const question = { actor, permission: 'back_entry', unitIds: [unitId], day: localDayOf(now), now } as const
  standFor(catalogueOf(db), question)
}

/** Refuses (`not_your_unit`) who does not see a shop: what was printed there is read by nobody else. */
export function mustSeeShop(deps: Pick<Deps, 'db' | 'clock'>, actor: Actor, unitId: number): void {
  const seen = unitsGranted(deps, actor, 'back_entry_read')
  if (seen === null || seen.has(unitId)) return
  const day = localDayOf(deps.clock.now())
  const unit = unitName(catalogueOf(deps.db).unitById.get(unitId), day)
  throw new RuleError('not_your_unit', { unit, day })
}
