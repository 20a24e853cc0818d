import type { Db } from '../../db/open.ts'
import { type FeedChild, feedChildren, feedUnits } from '../../db/queries/feed-children.ts'
import { receivedFrom } from '../../db/queries/feed-received.ts'
import { catalogueOf } from '../catalogue/catalogue.ts'
import type { Held } from './take-answer.ts'

/** What each child is to be told: what is asked of it and what we hold, so that it sends what we have lost. */
export function heldByChild(db: Db): ReadonlyMap<string, Held> {
  const units = feedUnits(db)
  const children = feedChildren(db)
  return new Map(children.map((child) => [child.installation, heldOf(db, child, units.get(child.id) ?? [])]))
}

function heldOf(db: Db, child: FeedChild, unitIds: readonly number[]): Held {
  const keyOf = (id: number) => catalogueOf(db).unitById.get(id)!.key
  const byUnitAndPeriod = Map.groupBy(
    receivedFrom(db, child.id),
    ({ unitId, periodKey }) => `${periodKey}|${unitId}`,
  )
  return {
    // Of one that has ended nothing more is asked.
    units: child.untilOn === null ? unitIds.map(keyOf) : [],
    since: child.sinceOn,
    held: [...byUnitAndPeriod.values()].map((rows) => [
      keyOf(rows[0]!.unitId),
      rows[0]!.periodKey,
      rows.map(({ revision }) => revision),
    ]),
  }
}
