import type { Catalogue, Unit } from '../catalogue/catalogue.ts'
import type { LocalDay } from '../domain/calendar/day.ts'
import type { CriteriaSet } from '../domain/reform-index/criteria-set.ts'

/**
 * The units a set evaluates on `asOf`: those of its level at any time in its period until then, each on the months it
 * existed; one that will only be founded later has shown nothing yet. Bodies of the central line are not ranked.
 */
export function evaluatedUnits(
  catalogue: Catalogue,
  { unitLevel, period }: CriteriaSet,
  asOf: LocalDay,
): readonly Unit[] {
  const last = asOf < period.to ? asOf : period.to
  const isOfLevel = ({ level, validFrom, validTo }: Unit['versions'][number]) =>
    level === unitLevel && validFrom <= last && (validTo === null || validTo >= period.from)
  return catalogue.units.filter((unit) => !unit.vertical && unit.versions.some(isOfLevel))
}
