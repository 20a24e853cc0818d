import { addToSums, emptySums, replaceCells, unitsWithCells } from '../../db/queries/cells.ts'
import { dossiersOfUnit, factsOfUnit, unitsWithDossiers } from '../../db/queries/unit-dossiers.ts'
import type { Deps } from '../deps.ts'
import { contributions, NO_FACTS } from '../domain/counting/contributions.ts'

/** How long units are rebuilt one after the other before whoever waits for the write lock is let in, in ms. */
const AT_A_STRETCH_MS = 200

export interface RebuildRequest {
  /** Resolving units; undefined: all. */
  readonly unitIds?: readonly number[] | undefined
}

/**
 * The day cells and running totals of whole units anew from their dossiers: the one set-based way to make them,
 * used by import, seed and repair. One unit a transaction, so that memory holds one unit, with pauses half as long as
 * the work before them, so that no write of others waits long. Safe twice.
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
  let cells = 0
  let since = performance.now()
  for (const unitId of units) {
    cells += rebuildUnit.immediate(unitId)
    const worked = performance.now() - since
    if (worked < AT_A_STRETCH_MS) continue
    pause(worked / 2)
    since = performance.now()
  }
  return { cells }
}

/** SQLite's lock is not fair: it is let go for long enough to be found free. */
function pause(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms)
}
