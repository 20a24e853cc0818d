import type { FeeReceiptRow } from '../../db/queries/fee-receipts.ts'
import { readSetting } from '../../db/queries/settings.ts'
import { agencyName } from '../catalogue/agency-name.ts'
import { catalogueOf } from '../catalogue/catalogue.ts'
import { clerkSignature } from '../catalogue/signatures.ts'
import type { Deps } from '../deps.ts'
import { formatCount } from '../domain/counting/rate-format.ts'
import { findDossier } from '../dossiers/act-on-dossier.ts'
import { paperMoment, shopName } from '../dossiers/paper-words.ts'
import type { FeeReceiptSlip, Says } from '../paper/paper-data.ts'
import { moment } from '../web/formats.ts'
import { amountInWords } from './amount.ts'
import { PAYMENT_LABELS } from './payment-labels.ts'

/** What a receipt says, on a sheet or on the roll of a receipt printer. */
export function receiptSays(
  { db }: Pick<Deps, 'db'>,
  receipt: FeeReceiptRow,
  format: FeeReceiptSlip['format'],
): Says<'fee-receipt'> {
  const catalogue = catalogueOf(db)
  const day = receipt.takenOn
  const { name, place } = agencyName(catalogue, receipt.unitId, day)
  const { procedureId } = findDossier({ db }, receipt.dossierId)
  const { voidedAt } = receipt
  return {
    office: { above: name, own: shopName(day) },
    place,
    demo: readSetting(db, 'demo') === true,
    format,
    number: receipt.number,
    code: receipt.code ?? '',
    payer: receipt.payer ?? 'không rõ người nộp',
    procedure: catalogue.procedureById.get(procedureId)?.name ?? '',
    amount: `${formatCount(receipt.amount)} đồng`,
    amountInWords: amountInWords(receipt.amount),
    payment: PAYMENT_LABELS[receipt.payment].toLowerCase(),
    takenAt: paperMoment(receipt.takenAt),
    // Why is written beside the receipt; free words may name people and stay out of the file.
    voided: voidedAt === null ? null : `đã huỷ lúc ${moment(voidedAt)}`,
    signatures: [
      { role: 'Người nộp', note: 'ký, ghi rõ họ tên', name: null },
      clerkSignature(catalogue, receipt.takenById, 'Người thu'),
    ],
  }
}
