import { type Catalogue, type Unit, versionBy } from '../catalogue/catalogue.ts'
import type { LocalDay } from '../domain/calendar/day.ts'
import { unitByMap } from '../domain/counting/unit-map.ts'
import { RuleError } from '../domain/refusals.ts'

/** The units a report speaks of: those of its days, or earlier ones in the row of what they became. */
export const UNIT_MAPS = ['then', 'today'] as const
export type UnitMap = (typeof UNIT_MAPS)[number]

/**
 * The units a report of `unit` covers: itself and all below it, each by the parent it had last on or before `day`, the
 * last one counted. So a unit that closed within the period is under the parent it had, a unit that changed parents
 * under the later one: none twice, none lost.
 * The unit is given by key or by its GSO or agency code of that day; undefined stands for all units (null).
 */
export function scopeUnits(
  catalogue: Catalogue,
  unit: string | undefined,
  day: LocalDay,
): readonly number[] | null {
  if (unit === undefined || unit === '') return null
  const root = findUnit(catalogue, unit, day)
  const covered = new Set([root.id])
  let grown = true
  while (grown) {
    grown = false
    for (const each of catalogue.units) {
      const parent = versionBy(each.versions, day)?.parentUnitId
      if (parent == null || covered.has(each.id) || !covered.has(parent)) continue
      covered.add(each.id)
      grown = true
    }
  }
  return [...covered]
}

/** The units a report covers, by the map asked for; null: all. */
export function unitsOf(
  catalogue: Catalogue,
  { unit, map }: { readonly unit?: string | undefined; readonly map?: UnitMap | undefined },
  asOf: LocalDay,
  today: LocalDay,
): readonly number[] | null {
  return map === 'today' ? scopeByMap(catalogue, unit, asOf, today) : scopeUnits(catalogue, unit, asOf)
}

/**
 * The units a report covers by the map of `today`: those of today's tree, and every unit that has become one of them.
 * A unit that is no more stands for the one it became.
 */
function scopeByMap(
  catalogue: Catalogue,
  unit: string | undefined,
  asOf: LocalDay,
  today: LocalDay,
): readonly number[] | null {
  if (unit === undefined || unit === '') return null
  const { lineage, unitById, units } = catalogue
  const root = unitByMap(lineage, findUnit(catalogue, unit, asOf).id, today)
  const covered = new Set(scopeUnits(catalogue, unitById.get(root)?.key, today))
  return units
    .map(({ id }) => id)
    .filter((id) => covered.has(id) || covered.has(unitByMap(lineage, id, today)))
}

/**
 * A unit by key, or by a GSO or agency code: whose it was on `day`, else who had it last before. Codes come back for
 * other territories: 11086 is Hưng Đạo in 2024 and Đại Sơn in 2026. Refuses an unknown one.
 */
export function findUnit(catalogue: Catalogue, text: string, day: LocalDay): Unit {
  const byKey = catalogue.unitByKey.get(text)
  if (byKey !== undefined) return byKey
  const found = catalogue.units
    .flatMap((unit) => unit.versions.map((version) => ({ unit, ...version })))
    .filter(
      ({ gsoCode, agencyCode, validFrom }) => validFrom <= day && (gsoCode === text || agencyCode === text),
    )
    .toSorted((a, b) => (a.validFrom < b.validFrom ? 1 : -1))
  const unit = found[0]?.unit
  if (unit === undefined) throw new RuleError('unknown_unit', { unit: text })
  return unit
}
