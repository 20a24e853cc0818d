import { addSums, addToSums, type CellSums, emptySums } from '../../db/queries/cells.ts'
import type { StoredDossier } from '../../db/queries/dossiers.ts'
import { keepLateChanges } from '../../db/queries/late-changes.ts'
import { appendEvent, replaceStays } from '../../db/queries/timeline.ts'
import { type MovedColumns, replaceUnitStays, updateUnits } from '../../db/queries/unit-moves.ts'
import type { Deps } from '../deps.ts'
import { instantAt, type LocalDay, localDayOf } from '../domain/calendar/day.ts'
import {
  type Contribution,
  type CountingFacts,
  contributionChanges,
  contributions,
} from '../domain/counting/contributions.ts'
import { type Stay, type UnitStay, withStay, withUnitStay } from '../domain/counting/stays.ts'
import { transferUnit, type UnitMove } from '../domain/life-cycle/transfer-unit.ts'
import { RuleError } from '../domain/refusals.ts'
import { changedFacts, countingFacts } from '../dossiers/store-change.ts'

/** A dossier's move, computed and not yet written. */
interface PreparedMove {
  readonly row: MovedColumns
  /** JSON of the facts it changes. */
  readonly facts: string
  readonly unitStays: readonly UnitStay[] | null
  readonly stays: readonly Stay[] | null
  /** What it changes on days before today: they may lie in closed periods. */
  readonly past: readonly Contribution[]
}

export interface PreparedMoves {
  readonly on: LocalDay
  readonly moves: readonly PreparedMove[]
  readonly sums: CellSums
}

/** Everything that moving these dossiers will write, summed over all of them: the long part, and it writes nothing. */
export function prepareMoves(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  on: LocalDay,
  dossiers: Iterable<StoredDossier>,
  moveOf: (dossier: StoredDossier) => UnitMove,
): PreparedMoves {
  const today = localDayOf(clock.now())
  const sums = emptySums()
  const moves: PreparedMove[] = []
  for (const before of dossiers) {
    const after: StoredDossier = { ...before, ...transferUnit(before, moveOf(before)) }
    const changed = changedFacts(before, after)
    if (Object.keys(changed).length === 0) continue
    const facts = countingFacts(db, before)
    const moved = factsAfter(before, after, facts)
    const changes = contributionChanges(contributions(before, facts), contributions(after, moved))
    addToSums(sums, changes)
    const { id, version, unitId, receivingUnitId, holderUnitId, unitSince, assigneeId } = after
    moves.push({
      row: { id, version, unitId, receivingUnitId, holderUnitId, unitSince, assigneeId },
      facts: JSON.stringify(changed),
      unitStays: moved.unitStays === facts.unitStays ? null : moved.unitStays,
      stays: moved.stays === facts.stays ? null : moved.stays,
      past: changes.filter(({ day }) => day < today),
    })
  }
  return { on, moves, sums }
}

/**
 * Writes prepared moves in the caller's transaction: rows, events, stays, cells. Refuses with `stale` when one of
 * the dossiers was changed since it was read; then nothing of it may be kept.
 */
export function writeMoves(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  actorId: number | null,
  { on, moves, sums }: PreparedMoves,
): number {
  const recordedAt = clock.now()
  const today = localDayOf(recordedAt)
  const happening = {
    act: 'transfer_unit',
    occurredAt: instantAt(on, 0),
    recordedAt,
    actorId,
    onBehalfOfId: null,
  } as const
  for (const { row, facts: changes, unitStays, stays, past } of moves) {
    if (!updateUnits(db, row)) throw new RuleError('stale')
    if (unitStays !== null) replaceUnitStays(db, row.id, unitStays)
    if (stays !== null) replaceStays(db, row.id, stays)
    const eventId = appendEvent(db, row.id, { seq: row.version + 1, ...happening, changes })
    keepLateChanges(db, eventId, today, past)
  }
  addSums(db, sums)
  return moves.length
}

/** The units it belonged to, and who had it: an officer without a post in the new unit has it no more from that day. */
function factsAfter(before: StoredDossier, after: StoredDossier, facts: CountingFacts): CountingFacts {
  const { unitId, receivingUnitId, unitSince: from, acceptedOn } = after
  if (from === null || (from === before.unitSince && unitId === before.unitId)) return facts
  const unitStays = withUnitStay(before, facts.unitStays, { from, unitId, receivingUnitId })
  if (before.assigneeId === after.assigneeId || acceptedOn === null) return { ...facts, unitStays }
  const first = [{ from: acceptedOn, officerId: before.assigneeId ?? 0 }]
  const stays = withStay(facts.stays.length > 0 ? facts.stays : first, from, after.assigneeId ?? 0)
  return { ...facts, unitStays, stays }
}
