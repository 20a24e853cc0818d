import type { StoredDossier } from '../../db/queries/dossiers.ts'
import type { FeeReceiptRow } from '../../db/queries/fee-receipts.ts'

/** Whether its fee was paid at the shop and none of its receipts holds; the end of the day asks for one. */
export function owesReceipt(
  { fee, feePaidAt, feePayment, state }: StoredDossier,
  receipts: readonly FeeReceiptRow[],
): boolean {
  const paidHere = fee > 0 && feePaidAt !== null && feePayment !== 'online'
  return paidHere && state !== 'voided' && validReceipt(receipts) === undefined
}

export function validReceipt(receipts: readonly FeeReceiptRow[]): FeeReceiptRow | undefined {
  return receipts.find(({ voidedAt }) => voidedAt === null)
}

/** Where the fee of a dossier is taken and its receipt written. */
export function feeHref({ code, id }: Pick<StoredDossier, 'code' | 'id'>): string {
  return `/thu-phi?${new URLSearchParams({ ma: code ?? `so-${id}` })}`
}
