import {
  type CellKey,
  CHANNEL_INDEX,
  type Contribution,
  STOCK_EFFECT,
} from '../../src/domain/counting/contributions.ts'
import { FLOWS, type Flow } from '../../src/domain/counting/tally.ts'
import type { Db } from '../open.ts'
import { prepared } from '../prepared.ts'
import { snakeCase } from '../snake-case.ts'
import { addToAnchor, anchorDaysFrom, removeAnchorsOf } from './stock-anchors.ts'

const FLOW_COLUMNS = FLOWS.map(snakeCase)
export const FLOW_INDEX = Object.fromEntries(FLOWS.map((flow, index) => [flow, index])) as Record<
  Flow,
  number
>
const KEY_COLUMNS = 'unit_id, receiving_unit_id, procedure_id, channel, officer_id'

const STOCK_FLOWS = Object.entries(STOCK_EFFECT) as readonly (readonly [Flow, number])[]

const UPSERT_CELL = `INSERT INTO day_cells (day, ${KEY_COLUMNS}, ${FLOW_COLUMNS.join(', ')})
  VALUES (?, ?, ?, ?, ?, ?, ${FLOW_COLUMNS.map(() => '?').join(', ')})
  ON CONFLICT DO UPDATE SET ${FLOW_COLUMNS.map((column) => `${column} = ${column} + excluded.${column}`).join(', ')}`

const UPSERT_STOCK = `INSERT INTO stocks (${KEY_COLUMNS}, open, overdue) VALUES (?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT DO UPDATE SET open = open + excluded.open, overdue = overdue + excluded.overdue`

/** Contributions summed to cells and running totals, before they are written. */
export interface CellSums {
  readonly cells: Map<string, { readonly key: CellKey; readonly flows: number[] }>
  readonly places: Map<string, { readonly key: CellKey; open: number; overdue: number }>
}

export function emptySums(): CellSums {
  return { cells: new Map(), places: new Map() }
}

export function addToSums({ cells, places }: CellSums, changes: readonly Contribution[]): void {
  for (const change of changes) {
    const place = `${change.unitId}|${change.receivingUnitId}|${change.procedureId}|${change.channel}|${change.officerId}`
    const cell = take(cells, `${place}|${change.day}`, () => ({ key: change, flows: FLOWS.map(() => 0) }))
    cell.flows[FLOW_INDEX[change.flow]]! += change.n
    const effect = (STOCK_EFFECT as Partial<Record<Flow, number>>)[change.flow] ?? 0
    if (effect === 0 && change.flow !== 'overdueDelta') continue
    const stock = take(places, place, () => ({ key: change, open: 0, overdue: 0 }))
    stock.open += effect * change.n
    if (change.flow === 'overdueDelta') stock.overdue += change.n
  }
}

/** Adds changes to the day cells and to the running totals, in the transaction of the change itself. */
export function addToCells(db: Db, changes: readonly Contribution[]): void {
  const sums = emptySums()
  addToSums(sums, changes)
  addSums(db, sums)
}

/** Puts these sums in the place of all cells and running totals of a unit; returns how many cells there are. */
export function replaceCells(db: Db, unitId: number, sums: CellSums): number {
  prepared(db, 'DELETE FROM day_cells INDEXED BY day_cells_unit WHERE unit_id = ?').run(unitId)
  prepared(db, 'DELETE FROM stocks WHERE unit_id = ?').run(unitId)
  removeAnchorsOf(db, unitId)
  return addSums(db, sums)
}

/** Every unit that has a cell or a running total. */
export function unitsWithCells(db: Db): readonly number[] {
  return prepared<{ id: number }>(
    db,
    'SELECT DISTINCT unit_id AS id FROM day_cells INDEXED BY day_cells_unit UNION SELECT DISTINCT unit_id FROM stocks',
  )
    .all()
    .map((row) => row.id)
}

/** The first day on which anything was counted, or null. */
export function firstCellDay(db: Db): string | null {
  return (
    prepared<{ day: string | null }>(
      db,
      'SELECT min(day) AS day FROM day_cells INDEXED BY sqlite_autoindex_day_cells_1',
    ).get()?.day ?? null
  )
}

/** Adds summed changes of many dossiers to the day cells and running totals; returns how many cells it touched. */
export function addSums(db: Db, sums: CellSums): number {
  let written = 0
  const upsertCell = prepared(db, UPSERT_CELL)
  for (const { key, flows } of sums.cells.values()) {
    if (flows.every((n) => n === 0)) continue
    upsertCell.run(key.day, ...placeOf(key), ...flows)
    written += 1
  }
  const upsertStock = prepared(db, UPSERT_STOCK)
  for (const { key, open, overdue } of sums.places.values()) {
    if (open !== 0 || overdue !== 0) upsertStock.run(...placeOf(key), open, overdue)
  }
  moveAnchors(db, sums)
  return written
}

/** What was changed before the end of a closed month also moves the stocks kept for that end and those after it. */
function moveAnchors(db: Db, { cells }: CellSums): void {
  let firstDay = '9999-12-31'
  for (const { key } of cells.values()) if (key.day < firstDay) firstDay = key.day
  const anchors = anchorDaysFrom(db, firstDay)
  if (anchors.length === 0) return
  for (const day of anchors) {
    const moved = new Map<string, { place: readonly number[]; open: number; overdue: number }>()
    for (const { key, flows } of cells.values()) {
      if (key.day > day) continue
      const place = placeOf(key)
      const sum = take(moved, place.join('|'), () => ({ place, open: 0, overdue: 0 }))
      sum.open += stockEffectOf(flows)
      sum.overdue += flows[FLOW_INDEX.overdueDelta] as number
    }
    for (const { place, open, overdue } of moved.values()) addToAnchor(db, day, place, open, overdue)
  }
}

/** What the flows of a cell add to the stock of open dossiers. */
export function stockEffectOf(flows: readonly number[]): number {
  return STOCK_FLOWS.reduce((sum, [flow, effect]) => sum + effect * (flows[FLOW_INDEX[flow]] as number), 0)
}

/** A place as the columns of its key. */
export function placeOf(key: CellKey): readonly number[] {
  return [key.unitId, key.receivingUnitId, key.procedureId, CHANNEL_INDEX[key.channel], key.officerId]
}

function take<T>(map: Map<string, T>, key: string, make: () => T): T {
  let value = map.get(key)
  if (value === undefined) {
    value = make()
    map.set(key, value)
  }
  return value
}
