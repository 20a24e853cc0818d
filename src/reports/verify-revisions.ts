import type { Db } from '../../db/open.ts'
import { lateChanges } from '../../db/queries/late-changes.ts'
import { closedPeriodsSince } from '../../db/queries/periods.ts'
import { closingOf, NEWEST_REVISION } from '../../db/queries/snapshots.ts'
import { tallyCells } from '../../db/queries/tallies.ts'
import { addCells, changedCells } from './cells.ts'
import { breakdownText } from './figures.ts'
import type { ClosedDays } from './next-revision.ts'
import { type Revision, readRevision } from './revisions.ts'

/**
 * The first closed period ending on `fromDay` or later that the cells tell differently than its newest revision and
 * the late changes since, in words; null: they agree, to the last cell of every unit.
 */
export function differingRevision(db: Db, fromDay = '0000-00-00'): string | null {
  const read = db.transaction((period: ClosedDays) => differenceIn(db, period))
  for (const period of closedPeriodsSince(db, fromDay)) {
    const difference = read(period)
    if (difference !== null) return difference
  }
  return null
}

function differenceIn(db: Db, period: ClosedDays): string | null {
  const closing = closingOf(db, period.key)
  if (closing === null) return null
  const query = { periodKey: period.key, revision: NEWEST_REVISION, withBreakdown: true }
  const revisions = readRevision(db, query)
  const span = { after: closing.throughChange, through: Number.MAX_SAFE_INTEGER }
  const changes = Map.groupBy(lateChanges(db, span, period.to), (change) => change.unitId)
  const cells = Map.groupBy(tallyCells(db, { ...period, unitIds: null }), ({ place }) => place.unitId)
  const byUnit = new Map(revisions.map((row) => [row.unitId, row]))
  for (const unitId of new Set([...byUnit.keys(), ...changes.keys(), ...cells.keys()])) {
    const told = toldOf(byUnit.get(unitId), span.after)
    const since = (changes.get(unitId) ?? []).filter(({ id }) => id > told.through)
    const expected = breakdownText(addCells([...told.cells, ...changedCells(since, period)]))
    if (expected === breakdownText(cells.get(unitId) ?? [])) continue
    return `Kỳ ${period.key}, đơn vị #${unitId}: bản ${told.revision} cộng các thay đổi sau đó không bằng số liệu hiện tại.`
  }
  return null
}

/** A unit that has no revision of the period had nothing in it when it was closed. */
function toldOf(revision: Revision | undefined, closedThrough: number) {
  if (revision === undefined) return { cells: [], through: closedThrough, revision: 1 }
  return { cells: revision.cells, through: revision.throughChange, revision: revision.revision }
}
