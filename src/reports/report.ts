import type { Attribution, TallyGrain } from '../../db/queries/tallies.ts'
import { catalogueOf } from '../catalogue/catalogue.ts'
import type { Deps } from '../deps.ts'
import { type Instant, type LocalDay, localDayOf } from '../domain/calendar/day.ts'
import type { Period } from '../domain/calendar/periods.ts'
import type { BrokenIdentity } from '../domain/counting/identity-check.ts'
import { type Rate, rate, sumRates } from '../domain/counting/rates.ts'
import type { Tally } from '../domain/counting/tally.ts'
import { brokenTallyIdentities } from '../domain/counting/tally-check.ts'
import { addTallies } from '../domain/counting/tally-sums.ts'
import { readSource } from './report-source.ts'
import { rowLabel } from './row-label.ts'
import { rowNote } from './row-note.ts'
import { rowsByMap } from './rows-by-map.ts'
import { type UnitMap, unitsOf } from './scope.ts'

export type ReportGrain = Exclude<TallyGrain, 'cell' | 'all'>

export interface ReportRequest {
  readonly period: Period
  readonly by: ReportGrain
  readonly attribution: Attribution
  /** Key, GSO or agency code; the unit and all below it. Undefined: everything. */
  readonly unit?: string | undefined
  /** `closed` (default): revision 1 where the period is closed; `current`: today's truth; or a revision. */
  /** `then` (default): the units of the period; `today`: earlier units in the row of the one they became. */
  readonly map?: UnitMap | undefined
  readonly reading?: 'closed' | 'current' | number | undefined
  /** Also V5 and PS in a table by resolving unit: they read the dossiers of the period, not only its cells. */
  readonly withIndexed?: boolean | undefined
}

export interface ReportRow {
  readonly id: number
  readonly key: string
  readonly label: string
  /** Of a unit that did not exist all through the period, or was split since; null otherwise. */
  readonly note: string | null
  readonly tally: Tally
  /** By variant code; null when there is nothing to measure. */
  readonly rates: Readonly<Record<string, Rate | null>>
}

/** Which revision of a closed period was read. */
export interface ClosedReading {
  /** Moment of revision 1. */
  readonly at: Instant
  /** The newest one in it. */
  readonly revision: number
  /** Moment of that revision. */
  readonly takenAt: Instant
}

export interface Report {
  readonly period: Period
  readonly by: ReportGrain
  readonly attribution: Attribution
  readonly map: UnitMap
  /** Last day counted. */
  readonly asOf: LocalDay
  /** Set when the figures come from a closed period's snapshot. */
  readonly closed: ClosedReading | null
  readonly formulaVersion: string
  readonly calendarVersion: string
  readonly rows: readonly ReportRow[]
  readonly total: ReportRow
  readonly broken: readonly BrokenIdentity[]
  /** Units in scope whose figures another installation has not sent: they are in no row and in no total. */
  readonly missing: readonly { readonly key: string; readonly label: string }[]
}

/** The figures of a period by unit, field, procedure, channel or officer, with all rate variants. */
export function report(deps: Pick<Deps, 'db' | 'clock'>, request: ReportRequest): Report {
  const { db } = deps
  const catalogue = catalogueOf(db)
  const now = deps.clock.now()
  const today = localDayOf(now)
  const { period, by, attribution, map = 'then' } = request
  const asOf = period.to < today ? period.to : today
  const unitIds = unitsOf(catalogue, request, asOf, today)
  const source = readSource(db, request, { unitIds, asOf, today, now })
  const days = { from: period.from, to: asOf }
  const { rows: found, indexed } =
    map === 'today' && by === 'unit'
      ? rowsByMap(db, catalogue, source, { ...days, attribution, today, recordedBy: source.recordedBy })
      : source
  const noteOf = (id: number) => (by === 'unit' ? rowNote(catalogue, id, map, { ...days, today }) : null)
  const namesOf = map === 'today' ? today : asOf
  const ratesOf = (tally: Tally) =>
    Object.fromEntries(source.variants.map((variant) => [variant.code, rate(variant, tally)]))
  const rows = found
    .map(({ id, tally }): ReportRow => {
      const names = { ...rowLabel(catalogue, by, id, namesOf), note: noteOf(id) }
      return { id, ...names, tally, rates: { ...ratesOf(tally), ...indexed?.(id) } }
    })
    // Names come back: Xã Chí Minh of 2024 and of 2025 are two units.
    .sort((a, b) => a.label.localeCompare(b.label, 'vi') || a.id - b.id)
  const total = addTallies(rows.map((row) => row.tally))
  const cohort = indexed && { V5: sumRates(rows.map((row) => row.rates['V5'] ?? null)) }
  const { closed, formulaVersion, calendarVersion } = source
  return {
    period,
    by,
    attribution,
    map,
    asOf,
    closed,
    formulaVersion,
    calendarVersion,
    rows,
    total: {
      id: 0,
      key: 'total',
      label: 'Tổng số',
      note: null,
      tally: total,
      rates: { ...ratesOf(total), ...cohort },
    },
    missing: source.missing.map((id) => rowLabel(catalogue, 'unit', id, asOf)),
    broken: [...rows.map((row) => row.tally), total].flatMap(brokenTallyIdentities),
  }
}
