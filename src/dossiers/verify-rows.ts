import { FACT_COLUMNS, findDossierById } from '../../db/queries/dossiers.ts'
import { dossiersWithEvents, eventsOf, newestEventId } from '../../db/queries/timeline.ts'
import type { Deps } from '../deps.ts'
import type { Dossier } from '../domain/life-cycle/dossier.ts'
import { rebuild } from './store-change.ts'

/** A fact that a dossier's row and its timeline tell differently. */
export interface RowDifference {
  readonly dossierId: number
  readonly code: string | null
  readonly fact: keyof Dossier
}

export interface VerifiedRows {
  readonly dossiers: number
  /** Id of the newest event looked at: hand it in as `afterEvent` the next time. */
  readonly lastEvent: number
  readonly differences: readonly RowDifference[]
}

const EVENTS_AT_ONCE = 5_000

/** Holds the rows of all dossiers with an event after `afterEvent` against what their timelines say. */
export function verifyRows({ db }: Pick<Deps, 'db'>, { afterEvent = 0 } = {}): VerifiedRows {
  const lastEvent = newestEventId(db)
  const verifyPart = db.transaction((after: number, through: number) => {
    const ids = dossiersWithEvents(db, after, through)
    return { dossiers: ids.length, differences: ids.flatMap((id) => differencesOf(db, id)) }
  })
  let dossiers = 0
  const differences: RowDifference[] = []
  for (let after = afterEvent; after < lastEvent; after += EVENTS_AT_ONCE) {
    const part = verifyPart(after, Math.min(after + EVENTS_AT_ONCE, lastEvent))
    dossiers += part.dossiers
    differences.push(...part.differences)
  }
  return { dossiers, lastEvent, differences }
}

function differencesOf(db: Deps['db'], id: number): readonly RowDifference[] {
  const row = findDossierById(db, id)
  if (row === null) return []
  const told = rebuild(eventsOf(db, id))
  return FACT_COLUMNS.filter((fact) => row[fact] !== told[fact]).map((fact) => ({
    dossierId: id,
    code: row.code ?? row.slipNumber,
    fact,
  }))
}
