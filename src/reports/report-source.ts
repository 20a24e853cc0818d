import type { Db } from '../../db/open.ts'
import { formulaOf } from '../../db/queries/formulas.ts'
import { type TallyRow, tallyRows } from '../../db/queries/tallies.ts'
import { catalogueOf } from '../catalogue/catalogue.ts'
import type { Instant, LocalDay } from '../domain/calendar/day.ts'
import type { RateVariant } from '../domain/counting/rates.ts'
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

/** Closed periods are read as closed (or in the revision asked for); everything else from the cells as they are now. */
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
  return {
    rows: tallyRows(db, { ...query, grain: by, attribution }),
    variants: catalogue.variants,
    ...(request.withIndexed &&
      isByResolvingUnit(request) && {
        indexed: indexedRates(db, catalogue, { ...query, today: scope.today }),
      }),
    closed: null,
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
  const inScope = (unitId: number) => scope.unitIds === null || scope.unitIds.includes(unitId)
  const byResolvingUnit = isByResolvingUnit(request)
  const query = { periodKey: period.key, revision, withBreakdown: !byResolvingUnit }
  const revisions = readRevision(db, query)
  if (byResolvingUnit) {
    const figures = new Map(
      revisions.filter((row) => inScope(row.unitId)).map((row) => [row.unitId, row.figures]),
    )
    const rows = [...figures].map(([id, { tally }]) => ({ id, tally }))
    const indexed = (unitId: number) => figures.get(unitId)?.rates ?? null
    return sourceOf(db, revisions, { rows: rows.filter(hasAny), indexed })
  }
  const cells = revisions.flatMap((row) => row.cells)
  const scoped = cells.filter(({ place }) =>
    inScope(attribution === 'resolving' ? place.unitId : place.receivingUnitId),
  )
  return sourceOf(db, revisions, { rows: regroup(db, scoped, by, attribution) })
}

/** A later revision keeps the definitions of the first one, so that they compare; its calendar is of its own day. */
function sourceOf(
  db: Db,
  revisions: readonly Revision[],
  figures: Pick<ReportSource, 'rows' | 'indexed'>,
): ReportSource | null {
  const [first, ...others] = revisions
  if (first === undefined) return null
  const newest = others.reduce((a, b) => (b.revision > a.revision ? b : a), first)
  const { closedAt: at, formulaVersion } = first
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
