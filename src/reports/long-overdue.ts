import { longOverdueCount } from '../../db/queries/long-overdue.ts'
import { catalogueOf } from '../catalogue/catalogue.ts'
import type { Deps } from '../deps.ts'
import { addWorkingDays } from '../domain/calendar/calendar.ts'
import { addDays, type LocalDay } from '../domain/calendar/day.ts'

/** A pending dossier overdue for more than this many working days is overdue for long. */
const LONG_OVERDUE_DAYS = 5

/** Dossiers of a unit pending at the end of `to` and then overdue for more than `days` of the unit's working days. */
export function longOverdue(
  { db }: Pick<Deps, 'db'>,
  unitId: number,
  to: LocalDay,
  days: number = LONG_OVERDUE_DAYS,
): number {
  // Overdue on its (days + 1)th working day from the end, `to` included, or before.
  const lateThrough = addWorkingDays(catalogueOf(db).calendar(unitId), addDays(to, 1), -(days + 1))
  return longOverdueCount(db, { unitId, to, lateThrough })
}
