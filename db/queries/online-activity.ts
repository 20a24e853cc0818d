import type { Db } from '../open.ts'
import { prepared } from '../prepared.ts'
import type { Attribution } from './tallies.ts'

/** For each unit, how many procedures had at least one online dossier received in [from, to]: distinct, not additive. */
export function proceduresWithOnlineDossiers(
  db: Db,
  from: string,
  to: string,
  attribution: Attribution,
): ReadonlyMap<number, readonly number[]> {
  const unit = attribution === 'resolving' ? 'unit_id' : 'receiving_unit_id'
  const rows = prepared<{ unitId: number; procedureId: number }>(
    db,
    `SELECT ${unit} AS unitId, procedure_id AS procedureId FROM day_cells INDEXED BY sqlite_autoindex_day_cells_1
       WHERE day BETWEEN ? AND ? AND channel >= 2 GROUP BY 1, 2 HAVING SUM(received) > 0`,
  ).all(from, to)
  const byUnit = Map.groupBy(rows, (row) => row.unitId)
  return new Map([...byUnit].map(([id, list]) => [id, list.map((row) => row.procedureId)]))
}
