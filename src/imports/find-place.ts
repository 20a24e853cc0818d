import {
  type Catalogue,
  type Officer,
  type Procedure,
  type ProcedureVersion,
  type Unit,
  type UnitVersion,
  versionOn,
} from '../catalogue/catalogue.ts'
import type { LocalDay } from '../domain/calendar/day.ts'
import { fold } from '../fold.ts'
import { nearest } from './nearest.ts'

/** Found, or what to write instead. */
export type Found<T> = { readonly value: T } | { readonly needs: string }

export interface PlaceBook {
  /** By key, name, short name, GSO code or agency code of that day. */
  unit(text: string, day: LocalDay): Found<Unit>
  /** By code or by a name no other procedure has. */
  procedure(text: string): Found<Procedure>
  officer(text: string): Found<Officer>
  /** The unit whose agency code this was on the day. */
  unitOfAgency(agencyCode: string, day: LocalDay): Unit | null
}

/** The catalogue, by everything a register may call its units, procedures and officers. */
export function placeBook(catalogue: Catalogue): PlaceBook {
  const units = Map.groupBy(catalogue.units.flatMap(namesOfUnit), ({ name }) => name)
  const procedures = Map.groupBy(catalogue.procedures, ({ name }) => fold(name))
  const officers = Map.groupBy(catalogue.officers, ({ name }) => fold(name))
  const unitsNamed = (text: string, day: LocalDay) => {
    const named = units.get(fold(text)) ?? []
    const inForce = named.filter(({ version }) => version === null || versionOn([version], day) !== undefined)
    return { isKnown: named.length > 0, found: [...new Set(inForce.map(({ unit }) => unit))] }
  }
  return {
    unit(text, day) {
      const { isKnown, found } = unitsNamed(text, day)
      const [unit, another] = found
      if (unit !== undefined && another === undefined) return { value: unit }
      if (another !== undefined)
        return {
          needs: `tên chỉ một đơn vị; đây có ${found.length}: ${found.map(({ key }) => key).join(', ')}`,
        }
      if (isKnown) return { needs: `một đơn vị hoạt động vào ngày ${day}` }
      const names = catalogue.units.flatMap(({ versions }) => versionOn(versions, day)?.name ?? [])
      return { needs: `tên, khoá hoặc mã của một đơn vị${orNearest(nearest(text, names))}` }
    },
    procedure(text) {
      const code = /^\d\.\d{6}(?=\.|$)/.exec(text)?.[0]
      const byCode = catalogue.procedureByCode.get(code ?? text)
      if (byCode !== undefined) return { value: byCode }
      const named = procedures.get(fold(text)) ?? []
      const [only, another] = named
      if (only !== undefined && another === undefined) return { value: only }
      if (another !== undefined)
        return {
          needs: `mã thủ tục, vì có ${named.length} thủ tục cùng tên: ${named.map((each) => each.code).join(', ')}`,
        }
      const names = nearest(
        text,
        catalogue.procedures.map(({ name }) => name),
      )
      return { needs: `mã (dạng 1.001193) hoặc đúng tên một thủ tục trong danh mục${orNearest(names)}` }
    },
    officer(text) {
      const byKey = catalogue.officerByKey.get(text)
      const [only, another] = byKey === undefined ? (officers.get(fold(text)) ?? []) : [byKey]
      if (only !== undefined && another === undefined) return { value: only }
      return {
        needs:
          another === undefined
            ? 'khoá hoặc họ tên một cán bộ trong danh mục'
            : 'khoá cán bộ, vì có người trùng tên',
      }
    },
    unitOfAgency(agencyCode, day) {
      return (
        unitsNamed(agencyCode, day).found.find(
          ({ versions }) => versionOn(versions, day)?.agencyCode === agencyCode,
        ) ?? null
      )
    },
  }
}

/** The version in force on the day; with a given due date, the nearest one will do. */
export function procedureVersionFor(
  procedure: Procedure,
  day: LocalDay,
  orNearestOne: boolean,
): ProcedureVersion | undefined {
  const inForce = versionOn(procedure.versions, day)
  if (inForce !== undefined || !orNearestOne) return inForce
  return procedure.versions.toSorted((a, b) => a.validFrom.localeCompare(b.validFrom))[0]
}

function namesOfUnit(unit: Unit): readonly { name: string; unit: Unit; version: UnitVersion | null }[] {
  return [
    { name: fold(unit.key), unit, version: null },
    ...unit.versions.flatMap((version) =>
      [version.name, version.shortName, version.gsoCode, version.agencyCode]
        .filter((name) => name !== null)
        .map((name) => ({ name: fold(name), unit, version })),
    ),
  ]
}

function orNearest(names: readonly string[]): string {
  return names.length === 0 ? '' : `; gần nhất: ${names.map((name) => `“${name}”`).join(', ')}`
}
