import type { Db } from '../../db/open.ts'
import { fedUnits } from '../../db/queries/feed-children.ts'
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
  for (const period of closedPeriodsSince(db, fromDay)) {
    const [first] = differingUnits(db, period)
    if (first === undefined) continue
    return `Kỳ ${period.key}, đơn vị #${first.unitId}: bản ${first.revision} cộng các thay đổi sau đó không bằng số liệu hiện tại.`
  }
  return null
}

interface DifferingUnit {
  readonly unitId: number
  /** Its newest revision. */
  readonly revision: number
}

/** The units of a closed period whose newest revision and the changes since are not what the cells tell. */
export function differingUnits(db: Db, period: ClosedDays): readonly DifferingUnit[] {
  const closing = closingOf(db, period.key)
  if (closing === null) return []
  const read = db.transaction(() => unitsDiffering(db, period, closing.throughChange))
  return read()
}

function unitsDiffering(db: Db, period: ClosedDays, after: number): readonly DifferingUnit[] {
  const query = { periodKey: period.key, revision: NEWEST_REVISION, withBreakdown: true }
  const byUnit = new Map(readRevision(db, query).map((row) => [row.unitId, row]))
  const span = { after, through: Number.MAX_SAFE_INTEGER }
  const changes = Map.groupBy(lateChanges(db, span, period.to), (change) => change.unitId)
  const cells = Map.groupBy(tallyCells(db, { ...period, unitIds: null }), ({ place }) => place.unitId)
  // What another installation sent is verified there, from its dossiers.
  const unitIds = new Set([...byUnit.keys(), ...changes.keys(), ...cells.keys()])
  for (const unitId of fedUnits(db, period)) unitIds.delete(unitId)
  return [...unitIds].flatMap((unitId) => {
    const told = toldOf(byUnit.get(unitId), after)
    const since = (changes.get(unitId) ?? []).filter(({ id }) => id > told.through)
    const expected = breakdownText(addCells([...told.cells, ...changedCells(since, period)]))
    const isSame = expected === breakdownText(cells.get(unitId) ?? [])
    return isSame ? [] : [{ unitId, revision: told.revision }]
  })
}

/** A unit that has no revision of the period had nothing in it when it was closed. */
function toldOf(revision: Revision | undefined, closedThrough: number) {
  if (revision === undefined) return { cells: [], through: closedThrough, revision: 1 }
  return { cells: revision.cells, through: revision.throughChange, revision: revision.revision }
}
