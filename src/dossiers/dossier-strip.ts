import type { StoredDossier } from '../../db/queries/dossiers.ts'
import type { ProcedureVersion } from '../catalogue/catalogue.ts'
import { type LocalDay, localDayOf } from '../domain/calendar/day.ts'
import type { StripDay } from '../domain/deadlines/deadline.ts'
import { parseLimit } from '../domain/deadlines/time-limit.ts'
import type { StripContext } from './strip-view.ts'

/** The due date in force of an accepted dossier, as its strip shows it. */
export function stripInForce(
  { dueOn, pausedSince }: StoredDossier,
  version: ProcedureVersion,
  strip: readonly StripDay[],
  today: LocalDay,
): Omit<StripContext, 'heading'> {
  const { unit } = parseLimit(version.limitText)
  return {
    strip,
    dueOn: dueOn as LocalDay,
    today,
    everyDay: unit === 'calendar_day' || unit === 'month',
    standingSince: pausedSince === null ? undefined : localDayOf(pausedSince),
  }
}
