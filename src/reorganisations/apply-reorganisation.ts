import { findReorganisation, listReorganisations, markApplied } from '../../db/queries/reorganisations.ts'
import { movableDossiers } from '../../db/queries/unit-moves.ts'
import { catalogueOf } from '../catalogue/catalogue.ts'
import type { Deps } from '../deps.ts'
import { type LocalDay, localDayOf } from '../domain/calendar/day.ts'
import { RuleError } from '../domain/refusals.ts'
import { prepareMoves, writeMoves } from './move-dossiers.ts'
import type { ReorganisationPlan } from './plan-schema.ts'
import { plannedMoves } from './planned-moves.ts'

/** Times it is computed anew because somebody worked on one of its dossiers meanwhile; then the work has to wait. */
const ATTEMPTS = 3

export interface AppliedReorganisation {
  readonly id: number
  readonly title: string
  readonly moved: number
}

/**
 * Moves the open dossiers of every reorganisation whose day has come on `day`, oldest first. Safe twice: what has
 * moved stays, and what came to a closed unit since (entered late, reopened) is moved after it.
 */
export function applyReorganisations(
  deps: Pick<Deps, 'db' | 'clock'>,
  day: LocalDay,
): readonly AppliedReorganisation[] {
  return listReorganisations(deps.db)
    .filter(({ onDay }) => onDay <= day)
    .map(({ id }) => applyReorganisation(deps, id))
}

/**
 * Moves the open dossiers of one reorganisation: computed from one moment of the database without holding it, then
 * written in one transaction, so that nobody ever sees half of it. Refuses one whose day has not come.
 */
export function applyReorganisation(deps: Pick<Deps, 'db' | 'clock'>, id: number): AppliedReorganisation {
  const { db, clock } = deps
  const row = findReorganisation(db, id)
  if (row === undefined) throw new RuleError('unknown_reorganisation', { id })
  if (row.onDay > localDayOf(clock.now())) throw new RuleError('reorganisation_not_due', { on: row.onDay })
  const plan = JSON.parse(row.plan) as ReorganisationPlan
  const prepare = () => {
    const { unitIds, moveOf } = plannedMoves(catalogueOf(db), plan)
    return prepareMoves(deps, plan.on, movableDossiers(db, unitIds, plan.on), moveOf)
  }
  const write = (prepared: ReturnType<typeof prepare>) => {
    const moved = writeMoves(deps, row.actorId, prepared)
    if (moved > 0 || row.appliedAt === null) markApplied(db, id, clock.now(), moved)
    return { id, title: row.title, moved }
  }
  for (let attempt = 1; attempt < ATTEMPTS; attempt += 1) {
    const prepared = db.transaction(prepare)()
    try {
      return db.transaction(write).immediate(prepared)
    } catch (error) {
      if (!(error instanceof RuleError && error.code === 'stale')) throw error
    }
  }
  return db.transaction(() => write(prepare())).immediate()
}
