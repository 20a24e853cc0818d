import type { Db } from '../../db/open.ts'
import { type CohortRow, cohortOf } from '../../db/queries/cohort.ts'
import { proceduresWithOnlineDossiers } from '../../db/queries/online-activity.ts'
import type { Catalogue } from '../catalogue/catalogue.ts'
import type { LocalDay } from '../domain/calendar/day.ts'
import type { Rate } from '../domain/counting/rates.ts'
import { proceduresOfferedOnline } from './procedures-offered.ts'

/** Rates of a unit that day cells cannot give. */
export interface IndexedRates {
  /** The dossiers received in the period, judged once their due date has passed: provisional until all are due. */
  readonly V5: Rate | null
  /** Procedures offered online with at least one online dossier: distinct, so not additive over units. */
  readonly PS: Rate | null
}

export interface IndexedRatesQuery {
  readonly from: LocalDay
  readonly to: LocalDay
  readonly today: LocalDay
  /** Resolving units; null for all. */
  readonly unitIds: readonly number[] | null
}

/** The indexed rates of any unit in a period, as they are today. */
export function indexedRates(
  db: Db,
  catalogue: Catalogue,
  query: IndexedRatesQuery,
): (unitId: number) => IndexedRates {
  const cohorts = new Map(cohortOf(db, query).map((row) => [row.unitId, row]))
  const online = proceduresWithOnlineDossiers(db, query.from, query.to, 'resolving')
  return (unitId) => ({
    V5: cohortRate(cohorts.get(unitId)),
    PS: onlineProceduresRate(catalogue, unitId, query.to, online.get(unitId) ?? []),
  })
}

/** PS: of the procedures a unit offers online on `day`, those among `active`. */
export function onlineProceduresRate(
  catalogue: Catalogue,
  unitId: number,
  day: LocalDay,
  active: readonly number[],
): Rate | null {
  const offered = proceduresOfferedOnline(catalogue, unitId, day)
  const numerator = active.filter((procedureId) => offered.has(procedureId)).length
  return offered.size === 0 ? null : { numerator, denominator: offered.size }
}

/** V5. */
export function cohortRate(row: CohortRow | undefined): Rate | null {
  if (row === undefined || row.due === 0) return null
  const rate = { numerator: row.met, denominator: row.due }
  return row.notYetDue > 0 ? { ...rate, provisional: true } : rate
}
