import { openAlarms } from '../../db/queries/alarms.ts'
import { type FeedChild, feedChildren, feedUnits } from '../../db/queries/feed-children.ts'
import { type NewestReceived, newestReceived } from '../../db/queries/feed-received.ts'
import { catalogueOf } from '../catalogue/catalogue.ts'
import type { Deps } from '../deps.ts'
import type { Instant } from '../domain/calendar/day.ts'
import { closesAt, type Period } from '../domain/calendar/periods.ts'
import { periodsToClose } from '../reports/closed-kinds.ts'
import { closingSpan } from '../reports/late-closings.ts'
import { resolvingUnits } from '../reports/resolving-units.ts'
import { subjectOf } from './receive-message.ts'

/** What has come of a child's units for one period. */
export interface Arrival {
  readonly period: Period
  /** Keys of the units it answers for in this period, those that have come and those that have not. */
  readonly came: readonly string[]
  readonly missing: readonly string[]
  /** Newest revision, and the last moment at which one came first; null: nothing has come. */
  readonly newest: { readonly revision: number; readonly at: Instant } | null
  /** Not all came within a day of the hour of closing. */
  readonly isLate: boolean
  /** Why something was refused and has not come since. */
  readonly refusals: readonly string[]
}

export interface ChildStanding {
  readonly child: FeedChild
  readonly units: readonly string[]
  readonly arrivals: readonly Arrival[]
}

/** How long after its hour of closing a period is waited for, in ms. */
export const PATIENCE_MS = 24 * 60 * 60_000

/** The last periods of a kind that are over and closed at `now`, oldest first. */
export function lastPeriods(
  { db }: Pick<Deps, 'db'>,
  now: Instant,
  kind: 'week' | 'month',
  count: number,
): readonly Period[] {
  const span = closingSpan({ db })
  if (span === null) return []
  const isOfKind = (period: Period) => period.kind === kind && period.scheme !== 'cutoff'
  return periodsToClose(now, span).filter(isOfKind).slice(-count)
}

/** Of every child, what has come of these periods and what has not. */
export function feedStanding(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  periods: readonly Period[],
): readonly ChildStanding[] {
  const catalogue = catalogueOf(db)
  const now = clock.now()
  const keyOf = (id: number) => catalogue.unitById.get(id)!.key
  const units = feedUnits(db)
  const received = Map.groupBy(
    newestReceived(
      db,
      periods.map(({ key }) => key),
    ),
    ({ childId, periodKey }) => `${childId}|${periodKey}`,
  )
  const refused = new Map(
    openAlarms(db)
      .filter(({ kind }) => kind === 'feed_refused')
      .map(({ subject, detail }) => [subject, detail]),
  )
  const resolving = new Map(periods.map((period) => [period.key, new Set(resolvingUnits(catalogue, period))]))
  const arrivalOf = (child: FeedChild, period: Period): Arrival => {
    const own = received.get(`${child.id}|${period.key}`) ?? []
    const here = new Set(own.map(({ unitId }) => unitId))
    const isExpected = period.to >= child.sinceOn && (child.untilOn === null || period.to <= child.untilOn)
    const expected = isExpected ? (units.get(child.id) ?? []) : []
    const missing = expected.filter((id) => resolving.get(period.key)!.has(id) && !here.has(id)).map(keyOf)
    const { installation } = child
    return {
      period,
      came: [...here].map(keyOf),
      missing,
      newest: newestOf(own),
      isLate: missing.length > 0 && now >= closesAt(catalogue.calendar(null), period) + PATIENCE_MS,
      refusals: expected.flatMap(
        (id) => refused.get(subjectOf({ installation, period: period.key, unit: keyOf(id) })) ?? [],
      ),
    }
  }
  return feedChildren(db).map((child) => ({
    child,
    units: (units.get(child.id) ?? []).map(keyOf),
    arrivals: periods.map((period) => arrivalOf(child, period)),
  }))
}

function newestOf(own: readonly NewestReceived[]): Arrival['newest'] {
  if (own.length === 0) return null
  return {
    revision: Math.max(...own.map(({ revision }) => revision)),
    at: Math.max(...own.map(({ receivedAt }) => receivedAt)),
  }
}
