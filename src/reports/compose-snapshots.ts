import { fedUnits } from '../../db/queries/feed-children.ts'
import { keepFormula } from '../../db/queries/formulas.ts'
import { tallyCells } from '../../db/queries/tallies.ts'
import { catalogueOf } from '../catalogue/catalogue.ts'
import type { Deps } from '../deps.ts'
import { localDayOf } from '../domain/calendar/day.ts'
import type { Period } from '../domain/calendar/periods.ts'
import { addTallies } from '../domain/counting/tally-sums.ts'
import { breakdownText, figuresHash, figuresText } from './figures.ts'
import { formulaVersionOf } from './formula-version.ts'
import { indexedRates } from './indexed-rates.ts'
import { longOverdue } from './long-overdue.ts'
import { resolvingUnits } from './resolving-units.ts'

/** What a revision stores of one unit's period: the same for the first one and for those that correct it. */
export interface ComposedSnapshot {
  readonly unitId: number
  readonly formulaVersion: string
  readonly calendarVersion: string
  readonly figures: string
  readonly breakdown: string
  readonly hash: string
}

/**
 * The figures of a period as they stand now, one snapshot for each unit that resolves in it; a unit with nothing
 * has a row of zeros, so that "nothing to measure" is on record. Units for which another installation answers are
 * left out. In the order of the units' ids.
 */
export function composeSnapshots(
  deps: Pick<Deps, 'db' | 'clock'>,
  period: Period,
): readonly ComposedSnapshot[] {
  const { db } = deps
  const catalogue = catalogueOf(db)
  const { from, to } = period
  const byUnit = Map.groupBy(tallyCells(db, { from, to, unitIds: null }), ({ place }) => place.unitId)
  const fed = fedUnits(db, period)
  const all = new Set([...resolvingUnits(catalogue, period), ...byUnit.keys()])
  const unitIds = [...all].filter((unitId) => !fed.has(unitId))
  const versions = {
    formulaVersion: formulaVersionOf(catalogue),
    calendarVersion: catalogue.calendar(null).version,
  }
  keepFormula(db, versions.formulaVersion, catalogue.variants)
  const ratesOf = indexedRates(db, catalogue, {
    from,
    to,
    today: localDayOf(deps.clock.now()),
    unitIds: null,
  })
  return unitIds
    .sort((a, b) => a - b)
    .map((unitId) => {
      const cells = byUnit.get(unitId) ?? []
      const tally = addTallies(cells.map((cell) => cell.tally))
      const figures = figuresText({
        tally,
        longOverdue: longOverdue(deps, unitId, to),
        rates: ratesOf(unitId),
      })
      const breakdown = breakdownText(cells)
      return {
        unitId,
        ...versions,
        figures,
        breakdown,
        hash: figuresHash({ periodKey: period.key, unitId, figures, breakdown, follows: null }),
      }
    })
}
