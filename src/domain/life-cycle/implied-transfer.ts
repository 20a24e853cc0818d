import type { Instant } from '../calendar/day.ts'
import type { Dossier } from './dossier.ts'

/**
 * Where the dossier is once its resolver works on it at `at`: a transfer that nobody recorded is implied by the
 * work itself, at that moment; one already recorded stays (NĐ 61/2018 art 18.2).
 * Example: accepted at a commune's shop and finished at once on 2023-03-06 09:00 → transferred at 09:00.
 */
export function toResolver(dossier: Dossier, at: Instant): Pick<Dossier, 'transferredAt' | 'holderUnitId'> {
  const { transferredAt, holderUnitId, unitId } = dossier
  return transferredAt === null
    ? { transferredAt: at, holderUnitId: unitId }
    : { transferredAt, holderUnitId }
}
