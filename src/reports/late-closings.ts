import { firstCellDay } from '../../db/queries/cells.ts'
import { firstFeedDay } from '../../db/queries/feed-children.ts'
import { closedPeriodKeys } from '../../db/queries/periods.ts'
import { catalogueOf } from '../catalogue/catalogue.ts'
import type { Deps } from '../deps.ts'
import type { Period } from '../domain/calendar/periods.ts'
import { hourSetting } from '../settings/setting-value.ts'
import { type ClosingSpan, periodsToClose } from './closed-kinds.ts'

/** A period not closed this long after its hour is closed late, in ms. */
const GRACE_MS = 60 * 60_000

/** Periods that should have been closed an hour ago or more: also a page sees by it that no worker is running. */
export function lateClosings({ db, clock }: Pick<Deps, 'db' | 'clock'>): readonly Period[] {
  const span = closingSpan({ db })
  if (span === null) return []
  const closed = closedPeriodKeys(db)
  return periodsToClose(clock.now() - GRACE_MS, span).filter((period) => !closed.has(period.key))
}

/** What is to be closed at all; null while nothing has been counted, here or where figures are sent from. */
export function closingSpan({ db }: Pick<Deps, 'db'>): ClosingSpan | null {
  const [firstDay = null] = [firstCellDay(db), firstFeedDay(db)].filter((day) => day !== null).sort()
  if (firstDay === null) return null
  return { firstDay, calendar: catalogueOf(db).calendar(null), atMinute: hourSetting(db, 'close_at') }
}
