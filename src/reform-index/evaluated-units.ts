import type { Catalogue, Unit } from '../catalogue/catalogue.ts'
import type { CriteriaSet } from '../domain/reform-index/criteria-set.ts'

/** The units a set evaluates: those of its level at any time in its period; bodies of the central line are not ranked. */
export function evaluatedUnits(catalogue: Catalogue, { unitLevel, period }: CriteriaSet): readonly Unit[] {
  const isOfLevel = ({ level, validFrom, validTo }: Unit['versions'][number]) =>
    level === unitLevel && validFrom <= period.to && (validTo === null || validTo >= period.from)
  return catalogue.units.filter((unit) => !unit.vertical && unit.versions.some(isOfLevel))
}
