import type { Db } from '../../db/open.ts'
import { formulaOf } from '../../db/queries/formulas.ts'
import { closedAt } from '../../db/queries/periods.ts'
import { type Cell, type TallyRow, tallyRows } from '../../db/queries/tallies.ts'
import { catalogueOf } from '../catalogue/catalogue.ts'
import type { Instant, LocalDay } from '../domain/calendar/day.ts'
import type { Period } from '../domain/calendar/periods.ts'
import type { RateVariant } from '../domain/counting/rates.ts'
import { addTallies } from '../domain/counting/tally-sums.ts'
import { fedFigures, missingUnits } from './fed-figures.ts'
import { formulaVersionOf } from './formula-version.ts'
import { type IndexedRates, indexedRates } from './indexed-rates.ts'
import { regroup } from './regroup.ts'
import type { ClosedReading, ReportRequest } from './report.ts'
import { type Revision, readRevision } from './revisions.ts'

/** The figures of a report before they are named and divided, with the definitions that belong to them. */
export interface ReportSource {
  readonly rows: readonly TallyRow[]
  readonly variants: readonly RateVariant[]
  /** By resolving unit; undefined in other tables. */
  readonly indexed?: (unitId: number) => IndexedRates | null
  readonly closed: ClosedReading | null
  /** Units in scope whose figures another installation has not sent. */
  readonly missing: readonly number[]
  /** What was recorded later is not in it. */
  readonly recordedBy: Instant
  readonly formulaVersion: string
  readonly calendarVersion: string
}

export interface SourceScope {
  readonly unitIds: readonly number[] | null
  /** Last day counted. */
  readonly asOf: LocalDay
  readonly today: LocalDay
  readonly now: Instant
}

/**
 * Closed periods are read as closed (or in the revision asked for); everything else from the cells as they are now, and
 * for units of other installations from the newest revision that these have sent.
 */
export function readSource(db: Db, request: ReportRequest, scope: SourceScope): ReportSource {
  const { reading = 'closed' } = request
  const closed =
    reading === 'current' ? null : readClosed(db, request, scope, reading === 'closed' ? 1 : reading)
  return closed ?? readCurrent(db, request, scope)
}

function readCurrent(db: Db, request: ReportRequest, scope: SourceScope): ReportSource {
  const { period, by, attribution } = request
  const catalogue = catalogueOf(db)
  const { unitIds, asOf: to } = scope
  const query = { from: period.from, to, unitIds }
  const own = tallyRows(db, { ...query, grain: by, attribution })
  const fed = fedFigures(db, period)
  const indexed =
    request.withIndexed && isByResolvingUnit(request)
      ? indexedRates(db, catalogue, { ...query, today: scope.today })
      : undefined
  const sent = new Map(fed.map((row) => [row.unitId, row.figures.rates]))
  return {
    rows:
      fed.length === 0
        ? own
        : addRows([...own, ...regroup(db, cellsIn(fed, request, scope), by, attribution)]),
    variants: catalogue.variants,
    ...(indexed && { indexed: (unitId: number) => sent.get(unitId) ?? indexed(unitId) }),
    closed: null,
    missing: missingIn(db, period, fed, scope),
    recordedBy: scope.now,
    formulaVersion: formulaVersionOf(catalogue),
    calendarVersion: catalogue.calendar(null).version,
  }
}

/** Null when the period is not closed. */
function readClosed(
  db: Db,
  request: ReportRequest,
  scope: SourceScope,
  revision: number,
): ReportSource | null {
  const { period, by, attribution } = request
  const at = closedAt(db, period.key)
  if (at === null) return null
  const byResolvingUnit = isByResolvingUnit(request)
  const query = { periodKey: period.key, revision, withBreakdown: !byResolvingUnit }
  const revisions = readRevision(db, query)
  const missing = missingIn(db, period, revisions, scope)
  if (byResolvingUnit) {
    const figures = new Map(
      revisions.filter((row) => isIn(scope, row.unitId)).map((row) => [row.unitId, row.figures]),
    )
    const rows = [...figures].map(([id, { tally }]) => ({ id, tally }))
    const indexed = (unitId: number) => figures.get(unitId)?.rates ?? null
    return sourceOf(db, revisions, { at, missing, rows: rows.filter(hasAny), indexed })
  }
  const rows = regroup(db, cellsIn(revisions, request, scope), by, attribution)
  return sourceOf(db, revisions, { at, missing, rows })
}

function isIn({ unitIds }: SourceScope, unitId: number): boolean {
  return unitIds === null || unitIds.includes(unitId)
}

function cellsIn(
  revisions: readonly Revision[],
  { attribution }: ReportRequest,
  scope: SourceScope,
): readonly Cell[] {
  return revisions
    .flatMap((row) => row.cells)
    .filter(({ place }) => isIn(scope, attribution === 'resolving' ? place.unitId : place.receivingUnitId))
}

function missingIn(
  db: Db,
  period: Period,
  present: readonly Revision[],
  scope: SourceScope,
): readonly number[] {
  const ids = present.map(({ unitId }) => unitId)
  return missingUnits(db, period, ids).filter((unitId) => isIn(scope, unitId))
}

/** Rows of the same unit, field, procedure, … added up. */
function addRows(rows: readonly TallyRow[]): readonly TallyRow[] {
  const byId = Map.groupBy(rows, ({ id }) => id)
  return [...byId].map(([id, own]) => ({ id, tally: addTallies(own.map(({ tally }) => tally)) }))
}

/** A later revision keeps the definitions of the first one, so that they compare; its calendar is of its own day. */
function sourceOf(
  db: Db,
  revisions: readonly Revision[],
  { at, ...figures }: Pick<ReportSource, 'rows' | 'indexed' | 'missing'> & Pick<ClosedReading, 'at'>,
): ReportSource | null {
  const [first, ...others] = revisions
  if (first === undefined) return null
  const newest = others.reduce((a, b) => (b.revision > a.revision ? b : a), first)
  const { formulaVersion } = first
  const { revision, takenAt, calendarVersion } = newest
  const variants = formulaOf(db, formulaVersion) ?? catalogueOf(db).variants
  const closed = { at, revision, takenAt }
  return { ...figures, variants, closed, recordedBy: takenAt, formulaVersion, calendarVersion }
}

function isByResolvingUnit({ by, attribution }: Pick<ReportRequest, 'by' | 'attribution'>): boolean {
  return by === 'unit' && attribution === 'resolving'
}

/** A unit without dossiers has no row in a table, closed or not. */
function hasAny({ tally }: TallyRow): boolean {
  return Object.values(tally).some((n) => n !== 0)
}
