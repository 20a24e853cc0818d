import type { Channel } from '../../src/domain/counting/tally.ts'
import type { FeePayment, ReturnMode } from '../../src/domain/life-cycle/dossier.ts'

/**
 * How the national portal writes what we know: its codes and the form of its moments. The status codes 1–10 are in the
 * life cycle. NOT checked against the portal's own specification, which is not public; change it here when it is.
 */
export const NATIONAL_PORTAL = {
  verified: false,
  /** yyyyMMddHHmmss, Vietnamese time. */
  moment: ['year', 'month', 'day', 'hour', 'minute', 'second'],
  /** KenhThucHien: 1 at the counter, 2 online, 3 by post. Levels of online services are law of the past and stay here. */
  channel: { counter: '1', level3: '2', level4: '2', postal: '3' } satisfies Record<Channel, string>,
  /** HinhThuc: how the result is given back. */
  returnMode: { counter: '0', postal: '1', online: '2' } satisfies Record<ReturnMode, string>,
  /** HinhThucThanhToan of a fee. */
  feePayment: { cash: '1', transfer: '2', online: '3' } satisfies Record<FeePayment, string>,
} as const
