import type { Db } from '../../db/open.ts'
import { closedThrough } from '../../db/queries/late-changes.ts'
import type { Contribution } from '../domain/counting/contributions.ts'
import type { Flow } from '../domain/counting/tally.ts'
import { checkCorrection } from '../domain/life-cycle/acts.ts'
import type { Act } from '../domain/life-cycle/life-cycle.ts'
import { correctionRight } from './act-context.ts'
import type { Happening } from './store-change.ts'

/** Corrections by nature: they say that something was never so. Every other act is judged by its moment alone. */
export const CORRECTING: ReadonlySet<Act> = new Set(['reopen', 'void', 'amend', 'correct'])

/** Counted on the day of acceptance, known only later: everyday work, no correction. */
export const KNOWN_LATER: ReadonlySet<Flow> = new Set(['multiSupplement', 'paidOnline'])

/** Refuses an act that takes back what closed periods counted, unless it has a reason and the right to. */
export function checkClosedDays(
  db: Db,
  { act, actor, reason }: Happening,
  late: readonly Contribution[],
): void {
  if (!CORRECTING.has(act)) return
  const days = late.filter(({ flow }) => !KNOWN_LATER.has(flow)).map(({ day }) => day)
  const [first] = days.sort()
  if (first === undefined) return
  checkCorrection(first, { hasReason: Boolean(reason) }, correctionRight({ db }, actor, closedThrough(db)))
}
