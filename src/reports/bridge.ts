import type { Db } from '../../db/open.ts'
import { fedUnits } from '../../db/queries/feed-children.ts'
import { type LateChange, lateChanges } from '../../db/queries/late-changes.ts'
import { closedAt } from '../../db/queries/periods.ts'
import { closingOf } from '../../db/queries/snapshots.ts'
import { tallyRows } from '../../db/queries/tallies.ts'
import { catalogueOf } from '../catalogue/catalogue.ts'
import type { Deps } from '../deps.ts'
import { localDayOf } from '../domain/calendar/day.ts'
import { type Period, previousPeriod } from '../domain/calendar/periods.ts'
import { changeOfPeriod } from '../domain/counting/period-changes.ts'
import { fedFigures } from './fed-figures.ts'
import { eventsWhose, type LateEvent, lateEvents } from './late-events.ts'
import type { ReportRequest } from './report.ts'
import { readRevision } from './revisions.ts'
import { rowLabel } from './row-label.ts'
import { scopeUnits } from './scope.ts'

export interface BridgeRow {
  readonly id: number
  readonly key: string
  readonly label: string
  /** O of the period before, as it was closed. */
  readonly open: number
  /** C − O: "điều chỉnh kỳ trước". */
  readonly adjustment: number
  /** C of this period. */
  readonly carriedOver: number
  /** What of the adjustment no event explains; anything but 0 is a fault of the program. */
  readonly unexplained: number
}

/** How the stock a period begins with follows from the one that the period before was closed with. */
export interface Bridge {
  readonly previous: Period
  readonly total: BridgeRow
  /** Units in which C differs from O. */
  readonly rows: readonly BridgeRow[]
  /** What was recorded after the closing of the period before and changed its stock. */
  readonly events: readonly LateEvent[]
}

type BridgeRequest = Pick<ReportRequest, 'period' | 'unit' | 'reading'> &
  Partial<Pick<ReportRequest, 'attribution'>>

/**
 * The bridge from the period before, where C of this one is not the O it was closed with; null where nothing was
 * adjusted, or the period before is not closed. Stocks of receiving units have no bridge.
 */
export function bridge(deps: Pick<Deps, 'db' | 'clock'>, request: BridgeRequest): Bridge | null {
  const { db } = deps
  const { period, unit, attribution = 'resolving' } = request
  if (attribution !== 'resolving') return null
  const previous = previousPeriod(period)
  const ends = readRevision(db, { periodKey: previous.key, revision: 1, withBreakdown: false })
  if (ends.length === 0) return null
  const catalogue = catalogueOf(db)
  const unitIds = scopeUnits(catalogue, unit, period.to)
  const begins = beginnings(deps, request)
  const opens = new Map(ends.map((row) => [row.unitId, row.figures.tally.open]))
  const ids = [...new Set([...opens.keys(), ...begins.keys()])]
  const fed = fedUnits(db, period)
  const isKnown = (id: number) => !fed.has(id) || (opens.has(id) && begins.has(id))
  const moves = ids
    .filter((id) => (unitIds === null || unitIds.includes(id)) && isKnown(id))
    .map((id) => ({ id, open: opens.get(id) ?? 0, ...(begins.get(id) ?? NOTHING_LEFT) }))
  const adjusted = moves.filter(({ open, carriedOver }) => open !== carriedOver)
  if (adjusted.length === 0) return null
  const changes = changesSince(db, closingOf(db, previous.key)!.throughChange, previous, adjusted)
  const rows = adjusted.map(({ id, open, carriedOver }): BridgeRow => {
    const adjustment = carriedOver - open
    // The events of units that another installation answers for lie there, and explain it there.
    const explained = fed.has(id) ? adjustment : changeOfPeriod(changes.get(id) ?? [], previous).open
    const unexplained = adjustment - explained
    return { id, ...rowLabel(catalogue, 'unit', id, period.to), open, adjustment, carriedOver, unexplained }
  })
  return {
    previous,
    total: totalOf(moves, rows),
    rows: rows.sort((a, b) => a.label.localeCompare(b.label, 'vi')),
    events: lateEvents(
      db,
      [...changes.values()].flatMap((own) =>
        eventsWhose(own, (each) => changeOfPeriod(each, previous).open !== 0),
      ),
    ),
  }
}

/** What a unit begins a period with, and the last late change that is in it. */
interface Beginning {
  readonly carriedOver: number
  readonly throughChange: number
}

const NOTHING_LEFT: Beginning = { carriedOver: 0, throughChange: Number.MAX_SAFE_INTEGER }

function beginnings(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  { period, reading = 'closed' }: BridgeRequest,
): ReadonlyMap<number, Beginning> {
  if (reading !== 'current' && closedAt(db, period.key) !== null) {
    const revision = reading === 'closed' ? 1 : reading
    const rows = readRevision(db, { periodKey: period.key, revision, withBreakdown: false })
    return new Map(
      rows.map(({ unitId, throughChange, figures }) => [
        unitId,
        { throughChange, carriedOver: figures.tally.carriedOver },
      ]),
    )
  }
  const today = localDayOf(clock.now())
  const days = { from: period.from, to: period.to < today ? period.to : today }
  const rows = tallyRows(db, { ...days, grain: 'unit', attribution: 'resolving', unitIds: null })
  const sent = fedFigures(db, period).map(({ unitId: id, figures: { tally } }) => ({ id, tally }))
  return new Map(
    [...rows, ...sent].map(({ id, tally }) => [id, { ...NOTHING_LEFT, carriedOver: tally.carriedOver }]),
  )
}

/** By unit, what was recorded of days up to the end of `previous` after its closing and is in the beginning. */
function changesSince(
  db: Db,
  closing: number,
  { to }: Period,
  units: readonly (Beginning & { readonly id: number })[],
): ReadonlyMap<number, readonly LateChange[]> {
  const through = new Map(units.map((unit) => [unit.id, unit.throughChange]))
  const span = { after: closing, through: Math.max(...through.values()) }
  const isIn = ({ id, unitId }: LateChange) => id <= (through.get(unitId) ?? 0)
  return Map.groupBy(lateChanges(db, span, to).filter(isIn), (change) => change.unitId)
}

function totalOf(
  moves: readonly Pick<BridgeRow, 'open' | 'carriedOver'>[],
  rows: readonly BridgeRow[],
): BridgeRow {
  const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0)
  const open = sum(moves.map((move) => move.open))
  const carriedOver = sum(moves.map((move) => move.carriedOver))
  const unexplained = sum(rows.map((row) => row.unexplained))
  return {
    id: 0,
    key: 'total',
    label: 'Tổng số',
    open,
    adjustment: carriedOver - open,
    carriedOver,
    unexplained,
  }
}
