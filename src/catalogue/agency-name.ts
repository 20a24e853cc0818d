import type { LocalDay } from '../domain/calendar/day.ts'
import { type Catalogue, type Unit, type UnitVersion, versionOn } from './catalogue.ts'

export interface AgencyName {
  /** “Ủy ban nhân dân xã Ngọc Kỳ”, or the name of a department or a body of the central line. */
  readonly name: string
  /** The committee a department belongs to; a committee has none above it on paper (NĐ 30/2020). */
  readonly above: string | null
  /** Before the date of a document: “Ngọc Kỳ”. */
  readonly place: string
}

/** A unit as the agency that signs, in the words of `day`; a shop signs as the committee it works for. */
export function agencyName(catalogue: Catalogue, unitId: number, day: LocalDay): AgencyName {
  const own = versionAt(catalogue.unitById.get(unitId), day)
  const committee = committeeOf(catalogue, own, day)
  const place = committee === undefined ? (own?.shortName ?? '') : placeOf(committee.name)
  if (committee === undefined) return { name: own?.name ?? '', above: null, place }
  if (committee === own || catalogue.unitById.get(unitId)?.kind === 'shop')
    return { name: committeeName(committee), above: null, place }
  return { name: own?.name ?? '', above: committeeName(committee), place }
}

/** The unit itself if it is a commune, a district or a province, else the nearest one above it. */
function committeeOf(
  catalogue: Catalogue,
  version: UnitVersion | undefined,
  day: LocalDay,
): UnitVersion | undefined {
  if (version === undefined || TERRITORIES.has(version.level)) return version
  const above = version.parentUnitId === null ? undefined : catalogue.unitById.get(version.parentUnitId)
  return committeeOf(catalogue, versionAt(above, day), day)
}

const TERRITORIES: ReadonlySet<UnitVersion['level']> = new Set(['commune', 'district', 'province'])

function versionAt(unit: Unit | undefined, day: LocalDay): UnitVersion | undefined {
  return unit && (versionOn(unit.versions, day) ?? unit.versions.at(-1))
}

function committeeName({ name }: UnitVersion): string {
  return `Ủy ban nhân dân ${name.charAt(0).toLowerCase()}${name.slice(1)}`
}

function placeOf(name: string): string {
  return name.replace(/^(Xã|Phường|Thị trấn|Thị xã|Đặc khu|Huyện|Quận|Thành phố|Tỉnh) (?=\D)/, '')
}
