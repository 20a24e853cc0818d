import { nextNumber } from '../../db/queries/codes.ts'
import { insertSlip } from '../../db/queries/emergency-slips.ts'
import { catalogueOf } from '../catalogue/catalogue.ts'
import type { Actor, Deps } from '../deps.ts'
import { localDayOf } from '../domain/calendar/day.ts'
import { RuleError } from '../domain/refusals.ts'
import { receivingUnit } from '../dossiers/intake-place.ts'
import { mustWorkAt } from './must-work-at.ts'
import { SLIP_DIGITS } from './usable-slip.ts'

export const MOST_SLIPS = 200

/** The numbers of slips run on for ever, not from day to day. */
const FOR_EVER = ''

/**
 * Numbers a batch of emergency slips for a shop, before they are needed. A number is given once, whatever becomes of
 * the paper. Run it inside a write. Example: the first of Xã Ngọc Kỳ → `KC-000.24.35.H23-000001`.
 */
export function printSlips(deps: Deps, actor: Actor, unitKey: string, count: number): readonly string[] {
  const { db, clock } = deps
  if (!Number.isInteger(count) || count < 1 || count > MOST_SLIPS) {
    throw new RuleError('invalid_slip_count', { most: MOST_SLIPS })
  }
  const printedAt = clock.now()
  const { unit, version } = receivingUnit(catalogueOf(db), unitKey, localDayOf(printedAt))
  mustWorkAt(deps, actor, unit.id)
  return Array.from({ length: count }, () => {
    const n = nextNumber(db, `KC ${version.agencyCode}`, FOR_EVER)
    const number = `KC-${version.agencyCode}-${String(n).padStart(SLIP_DIGITS, '0')}`
    insertSlip(db, { unitId: unit.id, number, printedAt, printedBy: actor.officerId })
    return number
  })
}
