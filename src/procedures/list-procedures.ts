import { catalogueOf, type Procedure, type ProcedureVersion, versionBy } from '../catalogue/catalogue.ts'
import { placementOn } from '../catalogue/procedure-placements.ts'
import type { Deps } from '../deps.ts'
import { localDayOf } from '../domain/calendar/day.ts'
import { fold } from '../fold.ts'

export interface ProcedureFilter {
  /** All of them are in the code or the name, marks aside. */
  readonly words: string
  /** Slug; empty: all. */
  readonly field: string
  readonly level: string
  /** `2`, `3`, `4`, or `0` for what is not offered online. */
  readonly online: string
  readonly unverified: boolean
}

export interface ListedProcedure {
  readonly procedure: Procedure
  /** In force today, else the nearest. */
  readonly version: ProcedureVersion
  readonly level: Procedure['level']
}

/** The procedures that the filter lets through, by field and name. */
export function listProcedures(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  { words, field, level, online, unverified }: ProcedureFilter,
): readonly ListedProcedure[] {
  const catalogue = catalogueOf(db)
  const today = localDayOf(clock.now())
  const parts = fold(words).split(' ').filter(Boolean)
  const found = catalogue.procedures.flatMap((procedure): ListedProcedure[] => {
    const version = versionBy(procedure.versions, today)
    if (version === undefined) return []
    const text = `${fold(procedure.code)} ${fold(procedure.name)}`
    const listed = { procedure, version, level: placementOn(procedure, today).level }
    const isWanted =
      parts.every((part) => text.includes(part)) &&
      (field === '' || catalogue.fieldById.get(procedure.fieldId)?.slug === field) &&
      (level === '' || listed.level === level) &&
      (online === '' || String(version.onlineLevel ?? 0) === online) &&
      (!unverified || !version.verified)
    return isWanted ? [listed] : []
  })
  const nameOf = ({ procedure }: ListedProcedure) => catalogue.fieldById.get(procedure.fieldId)?.name ?? ''
  return found.sort(
    (a, b) =>
      nameOf(a).localeCompare(nameOf(b), 'vi') || a.procedure.name.localeCompare(b.procedure.name, 'vi'),
  )
}
