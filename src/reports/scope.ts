import { type Catalogue, type Unit, versionOn } from '../catalogue/catalogue.ts'
import type { LocalDay } from '../domain/calendar/day.ts'
import { RuleError } from '../domain/refusals.ts'

/**
 * The units a report of `unit` covers: itself and all below it in the tree as it stood on `day`.
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
      const parent = versionOn(each.versions, day)?.parentUnitId
      if (parent == null || covered.has(each.id) || !covered.has(parent)) continue
      covered.add(each.id)
      grown = true
    }
  }
  return [...covered]
}

/** A unit by key, or by the GSO or agency code it had on `day`; refuses an unknown one. */
export function findUnit(catalogue: Catalogue, text: string, day: LocalDay): Unit {
  const byKey = catalogue.unitByKey.get(text)
  if (byKey !== undefined) return byKey
  const found = catalogue.units.find((unit) => {
    const version = versionOn(unit.versions, day)
    return version !== undefined && (version.gsoCode === text || version.agencyCode === text)
  })
  if (found === undefined) throw new RuleError('unknown_unit', { unit: text })
  return found
}
