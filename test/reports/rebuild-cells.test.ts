import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Db } from '../../db/open.ts'
import { snakeCase } from '../../db/snake-case.ts'
import { addDays } from '../../src/domain/calendar/day.ts'
import { FLOWS } from '../../src/domain/counting/tally.ts'
import { rebuildCells } from '../../src/reports/rebuild-cells.ts'
import { recountPeriod } from '../../src/reports/recount.ts'
import { randomHistory } from '../support/random-history.ts'
import { testInstallation } from '../support/test-installation.ts'

const ANY = FLOWS.map((flow) => `${snakeCase(flow)} <> 0`).join(' OR ')

function cellsOf(db: Db): { cells: unknown[]; stocks: unknown[] } {
  return {
    cells: db.prepare(`SELECT * FROM day_cells WHERE ${ANY} ORDER BY 1, 2, 3, 4, 5, 6`).all(),
    stocks: db.prepare('SELECT * FROM stocks WHERE open <> 0 OR overdue <> 0 ORDER BY 1, 2, 3, 4, 5').all(),
  }
}

for (const seed of [1, 2, 3]) {
  test(`after random acts (${seed}) the cells are what a rebuild makes them, and what the dossiers say by definition`, () => {
    const installation = testInstallation()
    const { db } = installation
    randomHistory(installation, { from: '2023-02-20', days: 60, perDay: 25, seed })
    const before = cellsOf(db)
    assert.ok(before.cells.length > 100)
    rebuildCells(installation)
    assert.deepEqual(cellsOf(db), before)
    for (const [from, days] of [
      ['2023-02-20', 59],
      ['2023-03-06', 6],
      ['2023-03-31', 0],
      ['2023-04-15', 30],
    ] as const) {
      const recount = recountPeriod(installation, { from, to: addDays(from, days) })
      assert.deepEqual(recount.differences, [], `${from} + ${days}`)
    }
    db.close()
  })
}

test('a rebuild of one unit leaves the cells of the others alone', () => {
  const installation = testInstallation()
  const { db } = installation
  randomHistory(installation, { from: '2023-03-06', days: 10, perDay: 15, seed: 4 })
  const before = cellsOf(db)
  const id = (db.prepare(`SELECT id FROM units WHERE key = 'xa-van-to'`).get() as { id: number }).id
  db.prepare('UPDATE day_cells SET received = received + 1').run()
  rebuildCells(installation, { unitIds: [id] })
  const broken = recountPeriod(installation, { from: '2023-03-06', to: '2023-03-20' }).differences
  assert.ok(broken.length > 0)
  assert.ok(broken.every((difference) => difference.unitId !== id))
  rebuildCells(installation)
  assert.deepEqual(cellsOf(db), before)
  db.close()
})
