import { addToSums, emptySums, replaceCells, unitsWithCells } from '../../db/queries/cells.ts'
import { dossiersOfUnit, factsOfUnit, unitsWithDossiers } from '../../db/queries/unit-dossiers.ts'
import type { Deps } from '../deps.ts'
import { contributions, NO_FACTS } from '../domain/counting/contributions.ts'

export interface RebuildRequest {
  /** Resolving units; undefined: all. */
  readonly unitIds?: readonly number[] | undefined
}

/**
 * The day cells and running totals of whole units anew from their dossiers: the one set-based way to make them,
 * used by import, seed and repair. One unit a transaction, so that no write waits long and memory holds one unit.
 * Safe twice.
 */
export function rebuildCells(
  { db }: Pick<Deps, 'db'>,
  { unitIds }: RebuildRequest = {},
): { readonly cells: number } {
  const units = unitIds ?? [...new Set([...unitsWithDossiers(db), ...unitsWithCells(db)])]
  const rebuildUnit = db.transaction((unitId: number) => {
    const facts = factsOfUnit(db, unitId)
    const sums = emptySums()
    for (const dossier of dossiersOfUnit(db, unitId)) {
      const all = contributions(dossier, facts.get(dossier.id) ?? NO_FACTS)
      addToSums(sums, dossier.unitSince === null ? all : all.filter((each) => each.unitId === unitId))
    }
    return replaceCells(db, unitId, sums)
  })
  return { cells: units.reduce((cells, unitId) => cells + rebuildUnit.immediate(unitId), 0) }
}
