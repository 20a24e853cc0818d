import type { Db } from '../../db/open.ts'
import { fedUnits } from '../../db/queries/feed-children.ts'
import { NEWEST_REVISION } from '../../db/queries/snapshots.ts'
import { catalogueOf } from '../catalogue/catalogue.ts'
import type { Period } from '../domain/calendar/periods.ts'
import { resolvingUnits } from './resolving-units.ts'
import { type Revision, readRevision } from './revisions.ts'

/** Of the units for which other installations answer: the newest revision of a period that each has sent. */
export function fedFigures(db: Db, period: Period): readonly Revision[] {
  const fed = fedUnits(db, period)
  if (fed.size === 0) return []
  const query = { periodKey: period.key, revision: NEWEST_REVISION, withBreakdown: true }
  return readRevision(db, query).filter(({ unitId }) => fed.has(unitId))
}

/** Units of a period whose figures another installation is to send and has not sent; in the order of their ids. */
export function missingUnits(db: Db, period: Period, present: Iterable<number>): readonly number[] {
  const fed = fedUnits(db, period)
  if (fed.size === 0) return []
  const here = new Set(present)
  return resolvingUnits(catalogueOf(db), period).filter((unitId) => fed.has(unitId) && !here.has(unitId))
}
