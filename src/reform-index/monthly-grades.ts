import { closedAt } from '../../db/queries/periods.ts'
import { NEWEST_REVISION } from '../../db/queries/snapshots.ts'
import { tallyRows } from '../../db/queries/tallies.ts'
import { catalogueOf, type Unit } from '../catalogue/catalogue.ts'
import type { Deps } from '../deps.ts'
import type { LocalDay } from '../domain/calendar/day.ts'
import { nextPeriod, type Period, periodOf } from '../domain/calendar/periods.ts'
import type { Rate } from '../domain/counting/rates.ts'
import { emptyTally } from '../domain/counting/tally-sums.ts'
import type { CriteriaSet } from '../domain/reform-index/criteria-set.ts'
import { type MetricValue, metricsOfTally } from '../domain/reform-index/index-metrics.ts'
import { type MonthlyGrade, monthlyGrade } from '../domain/reform-index/monthly-grade.ts'
import type { Figures } from '../reports/figures.ts'
import { longOverdue } from '../reports/long-overdue.ts'
import { readRevision } from '../reports/revisions.ts'

/** Target for online dossiers in percent where a set names none. */
const DEFAULT_ONLINE_TARGET = 70

/**
 * The grades of the months of a set's period in which a unit existed and that are over on `asOf`, by unit: from the newest revision of a month
 * that is closed, from the figures as they stand of one that is not. A running month has no grade yet.
 */
export function monthlyGrades(
  deps: Pick<Deps, 'db'>,
  set: CriteriaSet,
  unitIds: readonly number[],
  asOf: LocalDay,
): ReadonlyMap<number, readonly MonthlyGrade[]> {
  const months = monthsOf(set)
    .filter((month) => month.to < asOf)
    .map((month) => ({ month, figuresOf: figuresOfMonth(deps, month, unitIds) }))
  const { unitById } = catalogueOf(deps.db)
  const gradesOf = (unitId: number) =>
    months
      .filter(({ month }) => existedIn(unitById.get(unitId), month))
      .map(({ figuresOf }) => gradeOf(set, figuresOf(unitId)))
  return new Map(unitIds.map((unitId) => [unitId, gradesOf(unitId)]))
}

/** In force on a day of the month: what a unit leaves behind when it closes is no month of its own. */
function existedIn(unit: Unit | undefined, { from, to }: Period): boolean {
  return unit?.versions.some(({ validFrom, validTo }) => validFrom <= to && (validTo ?? to) >= from) ?? false
}

/** The twelve months of the set's year: calendar ones, or those of NĐ 09/2019 from the 15th to the 14th. */
function monthsOf({ period: { scheme, from, to } }: CriteriaSet): readonly Period[] {
  const cutoffDay = scheme === 'calendar' ? undefined : Number(from.slice(8))
  const months: Period[] = []
  for (let month = periodOf('month', from, cutoffDay); month.to <= to; month = nextPeriod(month))
    months.push(month)
  return months
}

type MonthFigures = Pick<Figures, 'tally' | 'longOverdue'>

function figuresOfMonth(
  deps: Pick<Deps, 'db'>,
  month: Period,
  unitIds: readonly number[],
): (unitId: number) => MonthFigures {
  const { db } = deps
  if (closedAt(db, month.key) !== null) {
    const query = { periodKey: month.key, revision: NEWEST_REVISION, withBreakdown: false }
    const figures = new Map(readRevision(db, query).map((row) => [row.unitId, row.figures]))
    return (unitId) => figures.get(unitId) ?? { tally: emptyTally(), longOverdue: 0 }
  }
  const { from, to } = month
  const rows = tallyRows(db, { from, to, grain: 'unit', attribution: 'resolving', unitIds })
  const tallies = new Map(rows.map((row) => [row.id, row.tally]))
  return (unitId) => ({
    tally: tallies.get(unitId) ?? emptyTally(),
    longOverdue: longOverdue(deps, unitId, to),
  })
}

function gradeOf(set: CriteriaSet, { tally, longOverdue: long }: MonthFigures): MonthlyGrade {
  const metrics = metricsOfTally(tally)
  const { received, enteredLate } = tally
  return monthlyGrade(set.monthlyGrade, {
    onTime: rateOf(metrics['on_time.v2']),
    online: rateOf(metrics['online.n1']),
    onlineTarget: set.settings['onlineTarget'] ?? DEFAULT_ONLINE_TARGET,
    longOverdue: long,
    timeliness: rateOf({ numerator: received - enteredLate, denominator: received }),
  })
}

/** Nothing to measure is no rate. */
function rateOf(value: MetricValue): Rate | null {
  return value.denominator === 0 ? null : value
}
