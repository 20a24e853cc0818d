import {
  calendarDecisions,
  type DecidedDayRow,
  type DecisionRow,
  daysOfVersion,
} from '../../db/queries/calendar-decisions.ts'
import { movesPage, type StoredMove } from '../../db/queries/calendar-moves.ts'
import { type DossierRow, dossierRowsById } from '../../db/queries/dossier-rows.ts'
import type { Seen } from '../../db/queries/seen.ts'
import { eventsOf } from '../../db/queries/timeline.ts'
import type { Deps } from '../deps.ts'
import { findDecision } from './plan-undo.ts'
import { type LeftWhy, sinceDecision } from './since-decision.ts'

/** A dossier a decision moved, as it is today. */
export interface ShownMove extends StoredMove {
  readonly dossier: DossierRow
  /** Why it was left when the decision was undone; null: it was not, or went back. */
  readonly leftWhy: LeftWhy | null
}

export interface ShownDecision {
  readonly decision: DecisionRow
  /** Days put into the calendar, and taken out of it. */
  readonly added: readonly DecidedDayRow[]
  readonly removed: readonly DecidedDayRow[]
  readonly moves: readonly ShownMove[]
  /** The last dossier of a page that is not the last one. */
  readonly more: number | null
}

export interface MovesQuery {
  readonly undo?: StoredMove['undo'] | undefined
  readonly after?: number | undefined
  readonly limit: number
  /** Of whoever reads it: null: all there are. */
  readonly seen: Seen | null
}

/** Every decision, newest first. */
export function listDecisions({ db }: Pick<Deps, 'db'>): readonly DecisionRow[] {
  return calendarDecisions(db)
}

/** What a decision did: its days, and a page of the dossiers it moved. */
export function showDecision(
  deps: Pick<Deps, 'db'>,
  id: number,
  { undo, after = 0, limit, seen }: MovesQuery,
): ShownDecision {
  const decision = findDecision(deps, id)
  const { calendarVersionId } = decision
  const days = daysOfVersion(deps.db, calendarVersionId)
  const found = movesPage(deps.db, { decisionId: id, undo: undo ?? null, after, limit: limit + 1, seen })
  const page = found.slice(0, limit)
  const rows = dossierRowsById(
    deps.db,
    page.map(({ dossierId }) => dossierId),
  )
  return {
    decision,
    added: days.filter(({ addedIn }) => addedIn === calendarVersionId),
    removed: days.filter(({ removedIn }) => removedIn === calendarVersionId),
    moves: page.map((move, index) => ({
      ...move,
      dossier: rows[index] as DossierRow,
      leftWhy: move.undo === 'left' ? leftWhy(deps, decision, move) : null,
    })),
    more: found.length > limit ? (page.at(-1)?.dossierId ?? null) : null,
  }
}

function leftWhy({ db }: Pick<Deps, 'db'>, decision: DecisionRow, { dossierId }: StoredMove): LeftWhy {
  const { recordedAt, undoneAt } = decision
  const isUntilUndone = (at: number) => at === recordedAt || undoneAt === null || at < undoneAt
  const until = eventsOf(db, dossierId).filter((event) => isUntilUndone(event.recordedAt))
  const since = sinceDecision(until, recordedAt)
  if (since === null) return 'newcomer'
  return since.left ?? 'past'
}
