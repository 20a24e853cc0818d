import type { FeePayment } from '../domain/life-cycle/dossier.ts'

/** How a fee was paid. */
export const PAYMENT_LABELS = {
  cash: 'Tiền mặt',
  transfer: 'Chuyển khoản',
  online: 'Trực tuyến',
} as const satisfies Record<FeePayment, string>
