import type { LocalDay } from '../domain/calendar/day.ts'
import { type Catalogue, type Unit, versionBy, versionOn } from './catalogue.ts'

export interface UnitChoice {
  readonly key: string
  readonly name: string
}

/** The units one may choose on `day`, in alphabetical order: those that resolve, with the groups above them first. */
export function unitChoices(catalogue: Catalogue, day: LocalDay): readonly UnitChoice[] {
  const choices = catalogue.units.flatMap((unit) => {
    const version = versionOn(unit.versions, day)
    return version === undefined || unit.kind === 'shop'
      ? []
      : [{ key: unit.key, name: version.name, group: unit.kind === 'grouping' }]
  })
  return choices.sort((a, b) => Number(b.group) - Number(a.group) || a.name.localeCompare(b.name, 'vi'))
}

/** The unit's name in the words of `day`: a unit that is no more keeps its last one. */
export function unitName(unit: Unit | undefined, day: LocalDay): string {
  if (unit === undefined) return '–'
  return versionBy(unit.versions, day)?.name ?? unit.key
}
