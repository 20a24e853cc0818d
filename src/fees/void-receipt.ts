import { findDossierById, type StoredDossier } from '../../db/queries/dossiers.ts'
import { type FeeReceiptRow, findReceiptById, markReceiptVoided } from '../../db/queries/fee-receipts.ts'
import { recordAudit } from '../audit/record-audit.ts'
import { catalogueOf, type Unit } from '../catalogue/catalogue.ts'
import type { Actor, Deps } from '../deps.ts'
import { localDayOf } from '../domain/calendar/day.ts'
import { isHead } from '../domain/life-cycle/acts.ts'
import { actsFrom } from '../domain/life-cycle/life-cycle.ts'
import { RuleError } from '../domain/refusals.ts'
import { actOnDossier } from '../dossiers/act-on-dossier.ts'
import { checkWords } from '../dossiers/is-erased.ts'
import { standFor } from '../dossiers/own-unit.ts'
import { cashDay } from './cash-day.ts'

/**
 * A receipt that no longer holds, with why: by the head, or by whoever took the fee on the same day. Its number is not
 * given again, and the money leaves the cash of today, or of the next day once today is closed. The dossier says again that nothing is paid. Run it inside a
 * write.
 */
export function voidReceipt(deps: Deps, actor: Actor, receiptId: number, reason: string): void {
  const { db, clock } = deps
  const now = clock.now()
  const today = localDayOf(now)
  const catalogue = catalogueOf(db)
  const receipt = findReceiptById(db, receiptId) as FeeReceiptRow
  if (receipt.voidedAt !== null) throw new RuleError('receipt_voided', { receipt: receipt.number })
  const { role } = standFor(catalogue, {
    actor,
    permission: 'dossiers_write',
    unitIds: [receipt.unitId],
    day: today,
    now,
  })
  const isTaker = receipt.takenById === actor.officerId && localDayOf(receipt.takenAt) === today
  if (!isHead(role) && !isTaker) throw new RuleError('receipt_void_head_only', { receipt: receipt.number })
  const why = reason.trim()
  if (why === '') throw new RuleError('reason_required', { act: 'Huỷ biên lai' })
  const dossier = findDossierById(db, receipt.dossierId) as StoredDossier
  checkWords(db, dossier, { reason: why })
  const on = cashDay(deps, catalogue.unitById.get(receipt.unitId) as Unit, now)
  markReceiptVoided(db, receipt.id, { at: now, on, officerId: actor.officerId, reason: why })
  if (dossier.feePaidAt !== null && actsFrom(dossier.state).includes('amend'))
    actOnDossier(deps, actor, receipt.dossierId, { act: 'amend', feePayment: null, reason: why })
  recordAudit(deps, {
    kind: 'fee_receipt',
    actorId: actor.officerId,
    dossierId: receipt.dossierId,
    data: { step: 'voided', receipt: receipt.id, unit: receipt.unitId, amount: receipt.amount },
  })
}
