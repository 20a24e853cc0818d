import { closedPeriodKeys } from '../../db/queries/periods.ts'
import type { Deps } from '../deps.ts'
import type { Period } from '../domain/calendar/periods.ts'
import { periodsToClose } from '../reports/closed-kinds.ts'
import { closingSpan } from '../reports/late-closings.ts'

/** Periods whose hour of closing has come and which are not closed, in the order in which they were due. */
export function duePeriods({ db, clock }: Pick<Deps, 'db' | 'clock'>): readonly Period[] {
  const span = closingSpan({ db })
  if (span === null) return []
  const closed = closedPeriodKeys(db)
  return periodsToClose(clock.now(), span).filter(({ key }) => !closed.has(key))
}
