import { findImport, type Importers, type ImportRow } from '../../db/queries/imports.ts'
import { actorOfOfficer } from '../accounts/acting.ts'
import { unitsGranted } from '../accounts/seen-units.ts'
import { catalogueOf } from '../catalogue/catalogue.ts'
import type { Actor, Deps } from '../deps.ts'
import { RuleError } from '../domain/refusals.ts'

type Reading = Pick<Deps, 'db' | 'clock'>

/**
 * Whose imports somebody may open: their own, those of people with a post in their units, and those of folders for such
 * a unit; for reports show rows of the file. Null: all.
 */
export function importersSeen(deps: Reading, actor: Actor): Importers | null {
  const units = unitsGranted(deps, actor, 'imports_read')
  if (units === null) return null
  const { officerById, unitById } = catalogueOf(deps.db)
  const colleagues = [...officerById.values()].filter(({ memberships }) =>
    memberships.some(({ unitId }) => units.has(unitId)),
  )
  return {
    officerIds: [actor.officerId ?? 0, ...colleagues.map(({ id }) => id)],
    unitKeys: [...units].flatMap((id) => unitById.get(id)?.key ?? []),
  }
}

/** The import of that number; refuses (`unknown_import`) one that is not theirs to open. */
export function seenImport(deps: Reading, actor: Actor, id: number): ImportRow {
  const row = findImport(deps.db, id, importersSeen(deps, actor))
  if (row === null) throw new RuleError('unknown_import', { id })
  return row
}

/** Into which units somebody may import; null: into all, like whoever sits at the machine. */
export function importableUnits(deps: Reading, officerId: number | null): ReadonlySet<number> | null {
  if (officerId === null) return null
  const actor = actorOfOfficer(deps, officerId)
  return actor === null ? new Set() : unitsGranted(deps, actor, 'imports')
}
