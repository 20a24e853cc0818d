import { markSlipCancelled, type SlipRow } from '../../db/queries/emergency-slips.ts'
import { recordAudit } from '../audit/record-audit.ts'
import { catalogueOf } from '../catalogue/catalogue.ts'
import type { Actor, Deps } from '../deps.ts'
import { localDayOf } from '../domain/calendar/day.ts'
import { RuleError } from '../domain/refusals.ts'
import { receivingUnit } from '../dossiers/intake-place.ts'
import { mustWorkAt } from './must-work-at.ts'
import { usableSlip } from './usable-slip.ts'

/** A slip that was spoilt or lost, with the reason; its number is not given again. Run it inside a write. */
export function cancelSlip(
  deps: Deps,
  actor: Actor,
  unitKey: string,
  number: string,
  reason: string,
): SlipRow {
  const { db, clock } = deps
  const now = clock.now()
  const { unit, version } = receivingUnit(catalogueOf(db), unitKey, localDayOf(now))
  mustWorkAt(deps, actor, unit.id)
  const slip = usableSlip(deps, { unit, name: version.name }, number, false)
  if (reason.trim() === '') throw new RuleError('reason_required', { act: 'Huỷ phiếu' })
  markSlipCancelled(db, slip.id, now, reason.trim())
  recordAudit(deps, { kind: 'slip_cancelled', actorId: actor.officerId, data: { slip: slip.id } })
  return slip
}
