import { FLOWS } from '../../src/domain/counting/tally.ts'
import type { Db } from '../open.ts'
import { prepared } from '../prepared.ts'
import { snakeCase } from '../snake-case.ts'
import { type CellSums, FLOW_INDEX, placeOf, stockEffectOf } from './cells.ts'
import { anchorDaysFrom } from './stock-anchors.ts'

const KEY = 'unit_id, receiving_unit_id, procedure_id, channel, officer_id'
const FLOW_COLUMNS = FLOWS.map(snakeCase)

const INSERT_CELL = `INSERT INTO stage.cells (day, ${KEY}, ${FLOW_COLUMNS.join(', ')})
  VALUES (?, ?, ?, ?, ?, ?, ${FLOW_COLUMNS.map(() => '?').join(', ')})`
const INSERT_STOCK = `INSERT INTO stage.stocks (${KEY}, open, overdue) VALUES (?, ?, ?, ?, ?, ?, ?)`
const INSERT_ANCHOR = `INSERT INTO stage.anchors (day, ${KEY}, open, overdue) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`

/** Stages what an import adds to the day cells, to the running totals and to the stocks kept at ends of months. */
export function stageSums(db: Db, { cells, places }: CellSums): void {
  const insertCell = prepared(db, INSERT_CELL)
  const moved = [...cells.values()].filter(({ flows }) => flows.some((n) => n !== 0))
  for (const { key, flows } of moved) insertCell.run(key.day, ...placeOf(key), ...flows)
  const insertStock = prepared(db, INSERT_STOCK)
  for (const { key, open, overdue } of places.values()) {
    if (open !== 0 || overdue !== 0) insertStock.run(...placeOf(key), open, overdue)
  }
  stageAnchors(db, moved)
}

type Cell = CellSums['cells'] extends Map<string, infer C> ? C : never

/** Each place's changes run up day by day; at every anchor it gets what has come together until then. */
function stageAnchors(db: Db, cells: readonly Cell[]): void {
  const firstDay = cells.reduce((first, { key }) => (key.day < first ? key.day : first), '9999-12-31')
  const anchors = anchorDaysFrom(db, firstDay)
  if (anchors.length === 0) return
  const insert = prepared(db, INSERT_ANCHOR)
  const byPlace = Map.groupBy(cells, ({ key }) => placeOf(key).join('|'))
  for (const ofPlace of byPlace.values()) {
    const inOrder = ofPlace.toSorted((a, b) => (a.key.day < b.key.day ? -1 : 1))
    let [open, overdue, next] = [0, 0, 0]
    for (const day of anchors) {
      for (let cell = inOrder[next]; cell !== undefined && cell.key.day <= day; cell = inOrder[next]) {
        open += stockEffectOf(cell.flows)
        overdue += cell.flows[FLOW_INDEX.overdueDelta] as number
        next += 1
      }
      if (open !== 0 || overdue !== 0) insert.run(day, ...placeOf((inOrder[0] as Cell).key), open, overdue)
    }
  }
}
