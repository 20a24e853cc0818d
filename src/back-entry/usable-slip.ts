import { findDossierById } from '../../db/queries/dossiers.ts'
import { findSlip, type SlipRow } from '../../db/queries/emergency-slips.ts'
import type { Unit } from '../catalogue/catalogue.ts'
import type { Deps } from '../deps.ts'
import { RuleError } from '../domain/refusals.ts'
import { waitingRows } from './waiting-rows.ts'

/** Digits at the end of a slip's number; a clerk may type these alone, without the zeros. */
export const SLIP_DIGITS = 6

/** The unit's slip of that number; refuses one that is unknown, used, cancelled or in a request that waits. */
export function usableSlip(
  deps: Deps,
  { unit, name }: { readonly unit: Unit; readonly name: string },
  text: string,
  approved: boolean,
): SlipRow {
  const slip = slipOf(deps, unit.id, text)
  if (slip === null) throw new RuleError('unknown_slip', { slip: text, unit: name })
  if (slip.dossierId !== null) {
    const dossier = findDossierById(deps.db, slip.dossierId)
    throw new RuleError('slip_used', { slip: slip.number, dossier: dossier?.code ?? slip.dossierId })
  }
  if (slip.cancelledAt !== null) {
    throw new RuleError('slip_cancelled', { slip: slip.number, reason: slip.cancelReason ?? '' })
  }
  if (!approved && waitingSlips(deps, unit.id).has(slip.id)) {
    throw new RuleError('slip_waiting', { slip: slip.number })
  }
  return slip
}

/** Slips of the unit in requests that wait: they are spoken for. */
export function waitingSlips(deps: Deps, unitId: number): ReadonlySet<number> {
  return new Set(waitingRows(deps, unitId).flatMap(({ slip }) => slipOf(deps, unitId, slip)?.id ?? []))
}

export function slipOf({ db }: Pick<Deps, 'db'>, unitId: number, text: string): SlipRow | null {
  const typed = text.trim().toUpperCase()
  return findSlip(db, unitId, /^\d+$/.test(typed) ? typed.padStart(SLIP_DIGITS, '0') : typed)
}
