import type { StoredDossier } from '../../db/queries/dossiers.ts'
import { markSlipUsed } from '../../db/queries/emergency-slips.ts'
import { outageAt } from '../../db/queries/outages.ts'
import { catalogueOf } from '../catalogue/catalogue.ts'
import type { Actor, Deps } from '../deps.ts'
import { localDayOf } from '../domain/calendar/day.ts'
import { receivingUnit } from '../dossiers/intake-place.ts'
import { type IntakeInput, logDossier } from '../dossiers/log-dossier.ts'
import { usableSlip } from './usable-slip.ts'

/**
 * Logs a dossier that was written on an emergency slip, at its real time; the slip is used up. Within a declared
 * outage a clerk may date it back further than one working day. Without a slip it is an intake like any other.
 */
export function enterSlip(
  deps: Deps,
  actor: Actor,
  input: IntakeInput,
  number: string | undefined,
): StoredDossier {
  if (number === undefined) return logDossier(deps, actor, input)
  const { db, clock } = deps
  const at = input.at ?? clock.now()
  const { unit, version } = receivingUnit(catalogueOf(db), input.unit, localDayOf(at))
  const slip = usableSlip(deps, { unit, name: version.name }, number, actor.leave === 'approved')
  const leave = actor.leave ?? (outageAt(db, unit.id, at) === null ? undefined : 'outage')
  const dossier = logDossier(deps, { ...actor, ...(leave && { leave }) }, input)
  markSlipUsed(db, slip.id, dossier.id, clock.now())
  return dossier
}
