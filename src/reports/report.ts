import { type CohortRow, cohortOf } from '../../db/queries/cohort.ts'
import { proceduresWithOnlineDossiers } from '../../db/queries/online-activity.ts'
import { snapshotsOf, snapshotsWithBreakdown } from '../../db/queries/snapshots.ts'
import { type Attribution, type TallyGrain, type TallyRow, tallyRows } from '../../db/queries/tallies.ts'
import { type Catalogue, catalogueOf } from '../catalogue/catalogue.ts'
import type { Deps } from '../deps.ts'
import { type Instant, type LocalDay, localDayOf } from '../domain/day.ts'
import type { BrokenIdentity } from '../domain/identity-check.ts'
import type { Period } from '../domain/periods.ts'
import { type Rate, rate } from '../domain/rates.ts'
import type { Tally } from '../domain/tally.ts'
import { brokenTallyIdentities } from '../domain/tally-check.ts'
import { addTallies } from '../domain/tally-sums.ts'
import { formulaVersionOf } from './formula-version.ts'
import { regroup } from './regroup.ts'
import { rowLabel } from './row-label.ts'
import { readBreakdown, readFigures } from './figures.ts'
import { proceduresOfferedOnline } from './procedures-offered.ts'
import { scopeUnits } from './scope.ts'

export type ReportGrain = Exclude<TallyGrain, 'cell' | 'all'>

export interface ReportRequest {
  readonly period: Period
  readonly by: ReportGrain
  readonly attribution: Attribution
  /** Key, GSO or agency code; the unit and all below it. Undefined: everything. */
  readonly unit?: string | undefined
  /** `closed` (default): revision 1 where the period is closed; `current`: today's truth; or a revision. */
  readonly reading?: 'closed' | 'current' | number | undefined
}

export interface ReportRow {
  readonly id: number
  readonly key: string
  readonly label: string
  readonly tally: Tally
  /** By variant code; null when there is nothing to measure. */
  readonly rates: Readonly<Record<string, Rate | null>>
}

export interface Report {
  readonly period: Period
  readonly by: ReportGrain
  readonly attribution: Attribution
  /** Last day counted. */
  readonly asOf: LocalDay
  /** Set when the figures come from a closed period's snapshot. */
  readonly closed: { readonly at: Instant; readonly revision: number } | null
  readonly formulaVersion: string
  readonly calendarVersion: string
  readonly rows: readonly ReportRow[]
  readonly total: ReportRow
  readonly broken: readonly BrokenIdentity[]
}

/** The figures of a period by unit, field, procedure, channel or officer, with all rate variants. */
export function report(deps: Pick<Deps, 'db' | 'clock'>, request: ReportRequest): Report {
  const catalogue = catalogueOf(deps.db)
  const today = localDayOf(deps.clock.now())
  const { period, by, attribution } = request
  const asOf = period.to < today ? period.to : today
  const unitIds = scopeUnits(catalogue, request.unit, asOf)
  const source = readSource(deps, request, unitIds, asOf)
  const rates = ratesOf(deps, catalogue, request, unitIds, asOf, today)
  const rows = source.rows
    .map(({ id, tally }): ReportRow => ({ id, ...rowLabel(catalogue, by, id, asOf), tally, rates: rates(id, tally) }))
    .sort((a, b) => a.label.localeCompare(b.label, 'vi'))
  const total = addTallies(rows.map((row) => row.tally))
  return {
    period,
    by,
    attribution,
    asOf,
    closed: source.closed,
    formulaVersion: source.formulaVersion ?? formulaVersionOf(catalogue),
    calendarVersion: source.calendarVersion ?? catalogue.calendar(null).version,
    rows,
    total: { id: 0, key: 'total', label: 'Tổng số', tally: total, rates: rates(null, total) },
    broken: [...rows.map((row) => row.tally), total].flatMap(brokenTallyIdentities),
  }
}

interface Source {
  readonly rows: readonly TallyRow[]
  readonly closed: Report['closed']
  readonly formulaVersion?: string
  readonly calendarVersion?: string
}

/** Closed periods are read as closed; everything else from the cells as they are now. */
function readSource(
  { db }: Pick<Deps, 'db'>,
  { period, by, attribution, reading = 'closed' }: ReportRequest,
  unitIds: readonly number[] | null,
  asOf: LocalDay,
): Source {
  const live = (): Source => ({
    rows: tallyRows(db, { from: period.from, to: asOf, grain: by, attribution, unitIds }),
    closed: null,
  })
  if (reading === 'current') return live()
  const revision = reading === 'closed' ? 1 : reading
  const inScope = (unitId: number) => unitIds === null || unitIds.includes(unitId)
  if (by === 'unit' && attribution === 'resolving') {
    const heads = snapshotsOf(db, period.key, revision).filter((head) => inScope(head.unitId))
    const first = heads[0]
    if (first === undefined) return live()
    const rows = heads.map((head) => ({ id: head.unitId, tally: readFigures(head.figures).tally }))
    return { rows: rows.filter(hasAny), ...headOf(first, heads) }
  }
  const snapshots = snapshotsWithBreakdown(db, period.key, revision)
  const first = snapshots[0]
  if (first === undefined) return live()
  const cells = snapshots.flatMap((row) => readBreakdown(row.unitId, row.breakdown))
  const scoped = cells.filter(({ place }) =>
    inScope(attribution === 'resolving' ? place!.unitId : place!.receivingUnitId),
  )
  return { rows: regroup(db, scoped, by, attribution), ...headOf(first, snapshots) }
}

function headOf(
  first: { closedAt: number; formulaVersion: string; calendarVersion: string },
  heads: readonly { readonly revision: number }[],
): Omit<Source, 'rows'> {
  const { closedAt: at, formulaVersion, calendarVersion } = first
  const revision = Math.max(...heads.map((head) => head.revision))
  return { closed: { at, revision }, formulaVersion, calendarVersion }
}

/** A unit without dossiers has no row in a table, closed or not. */
function hasAny({ tally }: TallyRow): boolean {
  return Object.values(tally).some((n) => n !== 0)
}

type RatesOf = (id: number | null, tally: Tally) => Readonly<Record<string, Rate | null>>

/** Rates of rows: the variants of cells, and by unit also the cohort (V5) and the procedures with online dossiers. */
function ratesOf(
  { db }: Pick<Deps, 'db'>,
  catalogue: Catalogue,
  request: ReportRequest,
  unitIds: readonly number[] | null,
  asOf: LocalDay,
  today: LocalDay,
): RatesOf {
  const { period, by, attribution } = request
  const ofVariants = (tally: Tally) =>
    Object.fromEntries(catalogue.variants.map((variant) => [variant.code, rate(variant, tally)]))
  if (by !== 'unit' || attribution !== 'resolving') return (_id, tally) => ofVariants(tally)
  const cohorts = cohortOf(db, { from: period.from, to: asOf, today, unitIds })
  const cohort = new Map(cohorts.map((row) => [row.unitId, row]))
  const online = proceduresWithOnlineDossiers(db, period.from, asOf, attribution)
  return (id, tally) => {
    if (id === null) return { ...ofVariants(tally), V5: cohortRate([...cohort.values()]) }
    const offered = proceduresOfferedOnline(catalogue, id, asOf)
    const active = (online.get(id) ?? []).filter((procedureId) => offered.has(procedureId)).length
    const activity = offered.size === 0 ? null : { numerator: active, denominator: offered.size }
    return { ...ofVariants(tally), V5: cohortRate([cohort.get(id)]), PS: activity }
  }
}

function cohortRate(rows: readonly (CohortRow | undefined)[]): Rate | null {
  const due = rows.reduce((sum, row) => sum + (row?.due ?? 0), 0)
  const met = rows.reduce((sum, row) => sum + (row?.met ?? 0), 0)
  return due === 0 ? null : { numerator: met, denominator: due }
}
