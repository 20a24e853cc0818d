import type { Db } from '../../db/open.ts'
import { cohortOf } from '../../db/queries/cohort.ts'
import type { LateChange } from '../../db/queries/late-changes.ts'
import { closingOf, NEWEST_REVISION, type SnapshotRow } from '../../db/queries/snapshots.ts'
import type { Cell } from '../../db/queries/tallies.ts'
import { catalogueOf } from '../catalogue/catalogue.ts'
import type { Deps } from '../deps.ts'
import { localDayOf } from '../domain/calendar/day.ts'
import type { Period } from '../domain/calendar/periods.ts'
import { FLOWS } from '../domain/counting/tally.ts'
import { addTallies, emptyTally } from '../domain/counting/tally-sums.ts'
import { addCells, changedCells } from './cells.ts'
import { breakdownText, differenceText, figuresHash, figuresText } from './figures.ts'
import { cohortRate, type IndexedRates, onlineProceduresRate } from './indexed-rates.ts'
import { eventsWhose } from './late-events.ts'
import { longOverdue } from './long-overdue.ts'
import { type Revision, readRevision } from './revisions.ts'

export type ClosedDays = Pick<Period, 'key' | 'from' | 'to'>

export interface Revisable {
  readonly unitId: number
  readonly period: ClosedDays
  /** Late changes of the unit that no run has looked at yet. */
  readonly changes: readonly LateChange[]
}

export interface Run {
  /** The last late change that the run takes up. */
  readonly through: number
  /** The number of the period's next revision, where the unit's own last one is `before`. */
  numberOf(periodKey: string, before: number): number
}

/**
 * What is to be stored of a unit's closed period so that it takes up the changes since its last revision; null where
 * these come to nothing. A full snapshot where days of the period itself were changed; where only a stock was carried
 * through it, the difference.
 */
export function nextRevision(
  deps: Pick<Deps, 'db' | 'clock'>,
  { unitId, period, changes }: Revisable,
  { through, numberOf }: Run,
): SnapshotRow | null {
  const before = lastRevision(deps.db, unitId, period)
  if (before === null) return null
  const since = changes.filter(({ id, day }) => id > before.throughChange && day <= period.to)
  if (since.length === 0) return null
  const cells = changedCells(since, period)
  const long = since.some(movesOverdue) ? longOverdue(deps, unitId, period.to) : before.figures.longOverdue
  const longChange = long - before.figures.longOverdue
  if (cells.length === 0 && longChange === 0) return null
  const isFull = before.hash === null || cells.some(hasFlow)
  const texts = isFull
    ? fullTexts(deps, period, before, { cells, longOverdue: long })
    : {
        figures: differenceText({ tally: sumOf(cells), longOverdue: longChange }),
        breakdown: breakdownText(cells),
      }
  const events = eventsWhose(
    since,
    (own) => changedCells(own, period).length > 0 || (longChange !== 0 && own.some(movesOverdue)),
  )
  const cause = JSON.stringify(events)
  const follows = { hash: before.hash, cause }
  return {
    unitId,
    revision: numberOf(period.key, before.revision),
    kind: isFull ? 'full' : 'difference',
    throughChange: through,
    closedAt: before.closedAt,
    takenAt: deps.clock.now(),
    formulaVersion: before.formulaVersion,
    calendarVersion: catalogueOf(deps.db).calendar(null).version,
    ...texts,
    hash: figuresHash({ periodKey: period.key, unitId, ...texts, follows }),
    cause,
  }
}

type Before = Omit<Revision, 'hash' | 'calendarVersion' | 'takenAt' | 'cells'> & {
  readonly hash: string | null
}

/** The unit's newest revision; nothing at all where it had none because it did not resolve in the period. */
function lastRevision(db: Db, unitId: number, { key }: ClosedDays): Before | null {
  const [newest] = readRevision(db, newestOf(key, unitId, false))
  if (newest !== undefined) return newest
  const closing = closingOf(db, key)
  if (closing === null) return null
  const figures = { tally: emptyTally(), longOverdue: 0, rates: { V5: null, PS: null } }
  return { ...closing, unitId, revision: 0, hash: null, figures }
}

function newestOf(periodKey: string, unitId: number, withBreakdown: boolean) {
  return { periodKey, revision: NEWEST_REVISION, unitId, withBreakdown }
}

function fullTexts(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  { key, from, to }: ClosedDays,
  before: Before,
  changed: { readonly cells: readonly Cell[]; readonly longOverdue: number },
): Pick<SnapshotRow, 'figures' | 'breakdown'> {
  const { unitId } = before
  const [newest] = readRevision(db, newestOf(key, unitId, true))
  const cells = addCells([...(newest?.cells ?? []), ...changed.cells])
  const [cohort] = cohortOf(db, { from, to, today: localDayOf(clock.now()), unitIds: [unitId] })
  const online = Map.groupBy(
    cells.filter(({ place, tally }) => place.channel >= 2 && tally.received > 0),
    ({ place }) => place.procedureId,
  )
  const rates: IndexedRates = {
    V5: cohortRate(cohort),
    PS: onlineProceduresRate(catalogueOf(db), unitId, to, [...online.keys()]),
  }
  const tally = addTallies([before.figures.tally, sumOf(changed.cells)])
  return {
    figures: figuresText({ tally, longOverdue: changed.longOverdue, rates }),
    breakdown: breakdownText(cells),
  }
}

function sumOf(cells: readonly Cell[]) {
  return addTallies(cells.map(({ tally }) => tally))
}

function hasFlow({ tally }: Cell): boolean {
  return FLOWS.some((flow) => tally[flow] !== 0)
}

function movesOverdue({ flow }: LateChange): boolean {
  return flow === 'overdueDelta'
}
