import type { Catalogue, Unit } from '../catalogue/catalogue.ts'
import type { Period } from '../domain/calendar/periods.ts'

/** Ids of the units that resolve on any day of a period. */
export function resolvingUnits(
  catalogue: Catalogue,
  { from, to }: Pick<Period, 'from' | 'to'>,
): readonly number[] {
  const resolves = (unit: Unit) => unit.kind === 'resolver' || unit.kind === 'shop_and_resolver'
  return catalogue.units
    .filter(resolves)
    .filter(({ versions }) =>
      versions.some((v) => v.validFrom <= to && (v.validTo === null || v.validTo >= from)),
    )
    .map((unit) => unit.id)
}
