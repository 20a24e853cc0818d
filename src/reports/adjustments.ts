import type { Db } from '../../db/open.ts'
import { closedAt } from '../../db/queries/periods.ts'
import { NEWEST_REVISION, type RevisionHead, revisionHeads } from '../../db/queries/snapshots.ts'
import { catalogueOf } from '../catalogue/catalogue.ts'
import type { Deps } from '../deps.ts'
import type { Period } from '../domain/calendar/periods.ts'
import type { Counter, Tally } from '../domain/counting/tally.ts'
import { addTallies, COUNTERS, emptyTally } from '../domain/counting/tally-sums.ts'
import { type LateEvent, lateEvents } from './late-events.ts'
import { pendingChanges } from './pending-changes.ts'
import { readRevision } from './revisions.ts'
import { rowLabel } from './row-label.ts'
import { scopeUnits } from './scope.ts'

export interface AdjustedCounter {
  readonly counter: Counter
  readonly before: number
  readonly after: number
}

export interface AdjustedRow {
  readonly id: number
  readonly key: string
  readonly label: string
  /** Counters that differ. */
  readonly counters: readonly AdjustedCounter[]
}

export interface AdjustingEvent extends LateEvent {
  /** First revision that takes it up; null: none yet, the next night's will. */
  readonly revision: number | null
}

/** What has become of a closed period since its first revision. */
export interface Adjustments {
  /** Units with a counter that differs. */
  readonly rows: readonly AdjustedRow[]
  readonly total: AdjustedRow
  readonly events: readonly AdjustingEvent[]
}

/** What has changed in a closed period since revision 1, by unit and counter, and why; null for one that is not closed. */
export function adjustments(
  { db }: Pick<Deps, 'db'>,
  { period, unit }: { readonly period: Period; readonly unit?: string | undefined },
): Adjustments | null {
  const catalogue = catalogueOf(db)
  const unitIds = scopeUnits(catalogue, unit, period.to)
  const inScope = (unitId: number) => unitIds === null || unitIds.includes(unitId)
  const read = (revision: number) =>
    readRevision(db, { periodKey: period.key, revision, withBreakdown: false })
  const newest = read(NEWEST_REVISION)
  if (newest.length === 0 || closedAt(db, period.key) === null) return null
  const first = new Map(read(1).map((row) => [row.unitId, row.figures.tally]))
  const pending = pendingChanges(db, period, newest)
  const tallies = new Map(newest.map((row) => [row.unitId, row.figures.tally]))
  const rows = [...new Set([...tallies.keys(), ...pending.keys()])].filter(inScope).map((id) => ({
    id,
    ...rowLabel(catalogue, 'unit', id, period.to),
    before: first.get(id) ?? emptyTally(),
    after: addTallies([tallies.get(id) ?? emptyTally(), pending.get(id)?.tally ?? emptyTally()]),
  }))
  const total = {
    id: 0,
    key: 'total',
    label: 'Tổng số',
    before: addTallies(rows.map((row) => row.before)),
    after: addTallies(rows.map((row) => row.after)),
  }
  const waiting = [...pending].filter(([id]) => inScope(id)).flatMap(([, { eventIds }]) => eventIds)
  return {
    rows: rows
      .map(adjusted)
      .filter(({ counters }) => counters.length > 0)
      .sort((a, b) => a.label.localeCompare(b.label, 'vi')),
    total: adjusted(total),
    events: adjustingEvents(
      db,
      revisionHeads(db, period.key).filter((head) => inScope(head.unitId)),
      waiting,
    ),
  }
}

/** The events that later revisions take up and those that wait, each once. */
function adjustingEvents(
  db: Db,
  heads: readonly RevisionHead[],
  waiting: readonly number[],
): readonly AdjustingEvent[] {
  const takenUp = new Map<number, number | null>(waiting.map((id) => [id, null]))
  for (const { cause, revision } of [...heads].reverse())
    for (const id of readCause(cause)) takenUp.set(id, revision)
  return lateEvents(db, takenUp.keys()).map((event) => ({
    ...event,
    revision: takenUp.get(event.id) ?? null,
  }))
}

/** Ids of the events a revision takes up. */
export function readCause(cause: string | null): readonly number[] {
  return cause === null ? [] : (JSON.parse(cause) as readonly number[])
}

interface Named extends Omit<AdjustedRow, 'counters'> {
  readonly before: Tally
  readonly after: Tally
}

function adjusted({ id, key, label, before, after }: Named): AdjustedRow {
  return { id, key, label, counters: differingCounters(before, after) }
}

/** The counters in which two tallies differ. */
export function differingCounters(before: Tally, after: Tally): readonly AdjustedCounter[] {
  return COUNTERS.filter((counter) => before[counter] !== after[counter]).map((counter) => ({
    counter,
    before: before[counter],
    after: after[counter],
  }))
}
