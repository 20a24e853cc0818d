import { nextNumber } from '../../db/queries/codes.ts'
import type { StoredDossier } from '../../db/queries/dossiers.ts'
import {
  type FeeReceiptRow,
  findReceiptById,
  insertReceipt,
  receiptsOf,
} from '../../db/queries/fee-receipts.ts'
import { recordAudit } from '../audit/record-audit.ts'
import { catalogueOf, type Unit, versionBy } from '../catalogue/catalogue.ts'
import type { Actor, Deps } from '../deps.ts'
import { type LocalDay, localDayOf } from '../domain/calendar/day.ts'
import { formatCount } from '../domain/counting/rate-format.ts'
import type { FeePayment } from '../domain/life-cycle/dossier.ts'
import { RuleError } from '../domain/refusals.ts'
import { actOnDossier } from '../dossiers/act-on-dossier.ts'
import { dossierAt } from '../dossiers/dossier-at.ts'
import { standFor } from '../dossiers/own-unit.ts'
import { cashDay } from './cash-day.ts'
import { validReceipt } from './owes-receipt.ts'
import { PAYMENT_LABELS } from './payment-labels.ts'

export interface FeeInput {
  /** Code of the dossier. */
  readonly code: string
  readonly payment: FeePayment
  /** đồng; left out: what the dossier says. */
  readonly amount?: number | undefined
}

/**
 * Takes the fee of a dossier and writes its receipt. Where the dossier does not say so yet, it does from now on: by the
 * act that its state calls for, in the same write. A fee paid on an earlier day belongs to the cash of that day, one taken
 * after the day was closed to that of the next (`cashDay`). Run it inside a write.
 */
export function takeFee(deps: Deps, actor: Actor, input: FeeInput): FeeReceiptRow {
  const { db, clock } = deps
  const now = clock.now()
  const today = localDayOf(now)
  const dossier = dossierAt(deps, actor, input.code)
  const code = dossier.code ?? input.code
  const catalogue = catalogueOf(db)
  const unit = catalogue.unitById.get(dossier.receivingUnitId) as Unit
  standFor(catalogue, { actor, permission: 'dossiers_write', unitIds: [unit.id], day: today, now })
  const valid = validReceipt(receiptsOf(db, dossier.id))
  if (valid !== undefined)
    throw new RuleError('fee_already_receipted', { dossier: code, receipt: valid.number })
  const amount = input.amount ?? dossier.fee
  if (amount <= 0) throw new RuleError('nothing_to_pay', { dossier: code })
  checkPaidSo(dossier, { ...input, amount })
  const takenAt = dossier.feePaidAt ?? now
  const takenOn = cashDay(deps, unit, takenAt, Math.max(takenAt, dossier.recordedAt))
  if (dossier.feePaidAt === null) notePaid(deps, actor, dossier, { ...input, amount })
  const id = insertReceipt(db, {
    number: receiptNumber(deps, unit, localDayOf(takenAt)),
    dossierId: dossier.id,
    unitId: unit.id,
    amount,
    payment: input.payment,
    takenAt,
    takenOn,
    takenById: actor.officerId,
  })
  recordAudit(deps, {
    kind: 'fee_receipt',
    actorId: actor.officerId,
    dossierId: dossier.id,
    data: { step: 'taken', receipt: id, unit: unit.id, payment: input.payment, amount },
  })
  return findReceiptById(db, id) as FeeReceiptRow
}

/** A receipt says what the dossier says, no other sum and no other way. */
function checkPaidSo(
  { feePaidAt, feePayment, fee, code, id }: StoredDossier,
  { amount, payment }: Required<FeeInput> & { readonly amount: number },
): void {
  if (feePaidAt === null || (feePayment === payment && fee === amount)) return
  throw new RuleError('fee_paid_otherwise', {
    dossier: code ?? id,
    amount: formatCount(fee),
    payment: PAYMENT_LABELS[feePayment ?? 'cash'].toLowerCase(),
  })
}

function notePaid(
  deps: Deps,
  actor: Actor,
  { id, state, fee }: StoredDossier,
  { amount, payment }: { readonly amount: number; readonly payment: FeePayment },
): void {
  const waits = state === 'awaiting_payment'
  if (!waits || amount !== fee) {
    const paid = waits ? {} : { feePayment: payment, feePaidAt: deps.clock.now() }
    actOnDossier(deps, actor, id, { act: 'amend', fee: amount, ...paid })
  }
  if (waits) actOnDossier(deps, actor, id, { act: 'pay', feePayment: payment })
}

/** `BL-000.24.35.H23-2023-000001`: numbers of an agency run through the year, and none is used twice. */
function receiptNumber({ db }: Deps, unit: Unit, day: LocalDay): string {
  const agencyCode = versionBy(unit.versions, day)?.agencyCode ?? unit.key
  const year = day.slice(0, 4)
  const n = nextNumber(db, `BL ${agencyCode}`, year)
  return `BL-${agencyCode}-${year}-${String(n).padStart(6, '0')}`
}
