import { openByVersion } from '../../db/queries/procedure-versions.ts'
import { catalogueOf, type Procedure } from '../catalogue/catalogue.ts'
import type { Deps } from '../deps.ts'
import { openingAt, workingDayFrom } from '../domain/calendar/calendar.ts'
import type { Instant, LocalDay } from '../domain/calendar/day.ts'
import { dueDate } from '../domain/deadlines/deadline.ts'
import { parseLimit } from '../domain/deadlines/time-limit.ts'
import { placeFor, type VersionPlace } from './add-version.ts'
import { differences, factsOf, type VersionFacts } from './facts.ts'

/** What a version means: nothing that was received moves, what comes is reckoned anew. */
export interface VersionEffect {
  readonly place: VersionPlace
  readonly changed: readonly (keyof VersionFacts)[]
  /** Dossiers that are open now and keep their version and due date. */
  readonly open: number
  /** A dossier received when the doors open on its first working day. */
  readonly example: { readonly at: Instant; readonly before: Instant | null; readonly after: Instant }
}

export function versionEffect(
  deps: Pick<Deps, 'db' | 'clock'>,
  procedure: Procedure,
  { from, facts }: { readonly from: LocalDay; readonly facts: VersionFacts },
): VersionEffect {
  const place = placeFor(deps, procedure, from)
  const calendar = catalogueOf(deps.db).calendar(null)
  const at = openingAt(calendar, workingDayFrom(calendar, from))
  const due = ({ limit, cutoffMinute, mode }: Pick<VersionFacts, 'limit' | 'cutoffMinute' | 'mode'>) =>
    dueDate(calendar, { limit: parseLimit(limit), cutoffMinute, mode }, at).dueAt
  const before = place.before === null ? null : factsOf(place.before)
  const open = [...openByVersion(deps.db, procedure.id).values()].reduce((sum, n) => sum + n, 0)
  return {
    place,
    changed: before === null ? [] : differences(before, facts),
    open,
    example: { at, before: before === null ? null : due(before), after: due(facts) },
  }
}
