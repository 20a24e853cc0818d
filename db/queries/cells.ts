import { type CellKey, CHANNEL_INDEX, type Contribution, STOCK_EFFECT } from '../../src/domain/contributions.ts'
import { FLOWS, type Flow } from '../../src/domain/tally.ts'
import type { Db } from '../open.ts'
import { prepared } from '../prepared.ts'
import { snakeCase } from '../snake-case.ts'

const FLOW_COLUMNS = FLOWS.map(snakeCase)
const FLOW_INDEX = Object.fromEntries(FLOWS.map((flow, index) => [flow, index])) as Record<Flow, number>
const KEY_COLUMNS = 'unit_id, receiving_unit_id, procedure_id, channel, officer_id'

const UPSERT_CELL = `INSERT INTO day_cells (day, ${KEY_COLUMNS}, ${FLOW_COLUMNS.join(', ')})
  VALUES (?, ?, ?, ?, ?, ?, ${FLOW_COLUMNS.map(() => '?').join(', ')})
  ON CONFLICT DO UPDATE SET ${FLOW_COLUMNS.map((column) => `${column} = ${column} + excluded.${column}`).join(', ')}`

const UPSERT_STOCK = `INSERT INTO stocks (${KEY_COLUMNS}, open, overdue) VALUES (?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT DO UPDATE SET open = open + excluded.open, overdue = overdue + excluded.overdue`

interface Cell {
  readonly key: CellKey
  readonly flows: number[]
}

/** Adds changes to the day cells and to the running totals, in the transaction of the change itself. */
export function addToCells(db: Db, changes: readonly Contribution[]): void {
  const cells = new Map<string, Cell>()
  const places = new Map<string, { key: CellKey; open: number; overdue: number }>()
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
  const upsertCell = prepared(db, UPSERT_CELL)
  for (const { key, flows } of cells.values()) upsertCell.run(key.day, ...placeOf(key), ...flows)
  const upsertStock = prepared(db, UPSERT_STOCK)
  for (const { key, open, overdue } of places.values()) {
    if (open !== 0 || overdue !== 0) upsertStock.run(...placeOf(key), open, overdue)
  }
}

function placeOf(key: CellKey): readonly number[] {
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
