import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openAlarms } from '../../db/queries/alarms.ts'
import { nightlyRecount } from '../../src/reports/nightly-recount.ts'
import { rebuildCells } from '../../src/reports/rebuild-cells.ts'
import { recountPeriod } from '../../src/reports/recount.ts'
import { randomHistory } from '../support/random-history.ts'
import { testInstallation } from '../support/test-installation.ts'

test('a broken day cell is found, raises an alarm that names it, and a clean night clears it', () => {
  const installation = testInstallation()
  const { db } = installation
  randomHistory(installation, { from: '2023-03-06', days: 12, perDay: 15, seed: 11 })
  installation.at('2023-03-20T01:00')
  assert.deepEqual(nightlyRecount(installation, '2023-03-20').differences, 0)
  assert.deepEqual(openAlarms(db), [])

  db.prepare(`UPDATE day_cells SET received = received + 1 WHERE ${CELL}`).run()
  const night = nightlyRecount(installation, '2023-03-20')
  assert.ok(night.differences > 0)
  const [alarm] = openAlarms(db)
  assert.equal(alarm?.kind, 'recount_differs')
  assert.match(
    alarm!.detail,
    /^Xã Ngọc Kỳ, thủ tục [\d.]+, hình thức \w+: “received” trong số liệu là (\d+), đếm lại/,
  )
  nightlyRecount(installation, '2023-03-21')
  assert.equal(openAlarms(db).length, 1, 'the same alarm, not another one')

  rebuildCells(installation)
  nightlyRecount(installation, '2023-03-21')
  assert.deepEqual(openAlarms(db), [])
})

const CELL = `(day, unit_id, receiving_unit_id, procedure_id, channel, officer_id) IN
  (SELECT day, unit_id, receiving_unit_id, procedure_id, channel, officer_id FROM day_cells
    WHERE received > 0 AND unit_id = (SELECT id FROM units WHERE key = 'xa-ngoc-ky') LIMIT 1)`

test('each counter that a cell can hold is recounted: a change of any of them is seen', () => {
  const installation = testInstallation()
  const { db } = installation
  randomHistory(installation, { from: '2023-03-06', days: 5, perDay: 15, seed: 12 })
  const columns = db.pragma('table_info(day_cells)') as { name: string }[]
  const flows = columns.map(({ name }) => name).slice(6)
  const unseen = flows.filter((flow) => {
    db.prepare(`UPDATE day_cells SET ${flow} = ${flow} + 1 WHERE ${CELL}`).run()
    const seen = recountPeriod(installation, { from: '2023-03-06', to: '2023-03-12' }).differences.length > 0
    db.prepare(`UPDATE day_cells SET ${flow} = ${flow} - 1 WHERE ${CELL}`).run()
    return !seen
  })
  assert.deepEqual(unseen, [])
})

test('a broken running total is seen although its dossiers are older than the window', () => {
  const installation = testInstallation()
  const { db } = installation
  randomHistory(installation, { from: '2023-01-02', days: 5, perDay: 15, seed: 13 })
  installation.at('2023-06-01T01:00')
  assert.equal(nightlyRecount(installation, '2023-06-01').differences, 0)
  db.prepare('UPDATE stocks SET overdue = overdue + 1 WHERE open > 0').run()
  nightlyRecount(installation, '2023-06-01')
  assert.match(openAlarms(db)[0]!.detail, /openOverdue/)
})

test('a row changed behind the back of its timeline raises an alarm with its code until it is put right', () => {
  const installation = testInstallation()
  const { db } = installation
  randomHistory(installation, { from: '2023-03-06', days: 3, perDay: 15, seed: 14 })
  installation.at('2023-03-10T01:00')
  const { id, code } = db.prepare(`SELECT id, code FROM dossiers WHERE state = 'accepted' LIMIT 1`).get() as {
    id: number
    code: string
  }
  db.prepare('UPDATE dossiers SET digitised = 1 - digitised WHERE id = ?').run(id)
  rebuildCells(installation)
  nightlyRecount(installation, '2023-03-10')
  const [alarm] = openAlarms(db)
  assert.equal(alarm?.kind, 'row_differs')
  assert.ok(alarm!.detail.includes(code) && alarm!.detail.includes('digitised'))
  db.prepare('UPDATE dossiers SET digitised = 1 - digitised WHERE id = ?').run(id)
  rebuildCells(installation)
  nightlyRecount(installation, '2023-03-11')
  assert.deepEqual(openAlarms(db), [])
})
