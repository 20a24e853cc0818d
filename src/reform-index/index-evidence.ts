import { proceduresWithOnlineDossiers } from '../../db/queries/online-activity.ts'
import { tallyRows } from '../../db/queries/tallies.ts'
import { catalogueOf } from '../catalogue/catalogue.ts'
import type { Deps } from '../deps.ts'
import type { LocalDay } from '../domain/calendar/day.ts'
import { emptyTally } from '../domain/counting/tally-sums.ts'
import type { CriteriaSet } from '../domain/reform-index/criteria-set.ts'
import { type MetricValue, type MetricValues, metricsOfTally } from '../domain/reform-index/index-metrics.ts'
import { goodMonths } from '../domain/reform-index/monthly-grade.ts'
import { proceduresOfferedOnline } from '../reports/procedures-offered.ts'
import { evaluatedUnits } from './evaluated-units.ts'
import { monthlyGrades } from './monthly-grades.ts'

/** What every unit of a set has shown from the beginning of its period to `asOf` or the period's end, by unit id. */
export function indexEvidence(
  deps: Pick<Deps, 'db'>,
  set: CriteriaSet,
  asOf: LocalDay,
): ReadonlyMap<number, MetricValues> {
  const { db } = deps
  const catalogue = catalogueOf(db)
  const { from } = set.period
  const to = asOf < set.period.to ? asOf : set.period.to
  const unitIds = evaluatedUnits(catalogue, set, asOf).map((unit) => unit.id)
  const rows = tallyRows(db, { from, to, grain: 'unit', attribution: 'resolving', unitIds })
  const tallies = new Map(rows.map((row) => [row.id, row.tally]))
  const grades = monthlyGrades(deps, set, unitIds, asOf)
  const online = proceduresWithOnlineDossiers(db, from, to, 'resolving')
  const activity = (unitId: number): MetricValue => {
    const offered = proceduresOfferedOnline(catalogue, unitId, to)
    const active = (online.get(unitId) ?? []).filter((procedureId) => offered.has(procedureId))
    return { numerator: active.length, denominator: offered.size }
  }
  return new Map(
    unitIds.map((unitId) => [
      unitId,
      {
        ...metricsOfTally(tallies.get(unitId) ?? emptyTally()),
        'procedures.with_online_dossiers': activity(unitId),
        'monthly_grade.good_or_better': goodMonths(grades.get(unitId) ?? []),
      },
    ]),
  )
}
