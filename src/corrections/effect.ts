import { findDossierByCode, findDossierById, type StoredDossier } from '../../db/queries/dossiers.ts'
import { type LateSum, lateSumsOf } from '../../db/queries/late-changes.ts'
import { closedPeriodsOf } from '../../db/queries/periods.ts'
import { eventIdOf, eventsOf } from '../../db/queries/timeline.ts'
import type { Actor, Deps } from '../deps.ts'
import { type Entry, perform } from './entry.ts'

/** What an entry would do, or did. */
export interface Effect {
  /** Null: a new dossier. */
  readonly before: StoredDossier | null
  readonly after: StoredDossier
  /** In whose name it would be done; null: in one's own right. */
  readonly onBehalfOfId: number | null
  /** What it changes on days of closed periods. */
  readonly changes: readonly LateSum[]
  readonly periods: readonly PeriodEffect[]
}

export interface PeriodEffect {
  readonly key: string
  readonly label: string
  readonly changes: readonly LateSum[]
}

/** Does the entry, looks, and undoes it: what it would change. Refuses what would be refused. Run it inside a write. */
export function effectOf(deps: Deps, actor: Actor, entry: Entry): Effect {
  let effect: Effect | undefined
  const undone = deps.db.transaction(() => {
    const before = entry.kind === 'intake' ? null : dossierBefore(deps, entry.which)
    const after = perform(deps, actor, entry)
    const onBehalfOfId = eventsOf(deps.db, after.id).at(-1)?.onBehalfOfId ?? null
    effect = { before, after, onBehalfOfId, ...closedEffect(deps, after) }
    throw UNDO
  })
  try {
    undone()
  } catch (error) {
    if (error !== UNDO) throw error
  }
  return effect as unknown as Effect
}

const UNDO = Symbol('undo')

/** What the newest event of a dossier changed in closed periods. */
export function closedEffect(
  { db }: Pick<Deps, 'db'>,
  { id, version }: Pick<StoredDossier, 'id' | 'version'>,
): Pick<Effect, 'changes' | 'periods'> {
  const changes = lateSumsOf(db, eventIdOf(db, id, version))
  const [first, last] = [changes[0], changes.at(-1)]
  if (first === undefined || last === undefined) return { changes, periods: [] }
  const periods = closedPeriodsOf(db, first.day, last.day).flatMap(({ key, label, from, to }) => {
    const own = changes.filter(({ day }) => day >= from && day <= to)
    return own.length === 0 ? [] : [{ key, label, changes: own }]
  })
  return { changes, periods }
}

function dossierBefore({ db }: Deps, which: string | number): StoredDossier | null {
  return typeof which === 'number' ? findDossierById(db, which) : findDossierByCode(db, which)
}
