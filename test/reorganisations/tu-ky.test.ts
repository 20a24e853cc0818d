import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findDossierById, type StoredDossier } from '../../db/queries/dossiers.ts'
import { catalogueOf } from '../../src/catalogue/catalogue.ts'
import { addDays, localDayOf } from '../../src/domain/calendar/day.ts'
import { parsePeriod } from '../../src/domain/calendar/periods.ts'
import { form06Row, requireForm06 } from '../../src/domain/counting/form06.ts'
import { COUNTERS } from '../../src/domain/counting/tally-sums.ts'
import { verifyRows } from '../../src/dossiers/verify-rows.ts'
import { applyReorganisations } from '../../src/reorganisations/apply-reorganisation.ts'
import { closePeriod } from '../../src/reports/close-period.ts'
import { rebuildCells } from '../../src/reports/rebuild-cells.ts'
import { recountPeriod } from '../../src/reports/recount.ts'
import { type Report, report } from '../../src/reports/report.ts'
import { deskOf } from '../support/desk.ts'
import { livesOf, naiveTally } from '../support/naive-recount.ts'
import { demoUntil, planOf, record } from '../support/reorganised.ts'
import type { TestInstallation } from '../support/test-installation.ts'

const GRAINS = ['unit', 'field', 'procedure', 'channel', 'officer'] as const
const ATTRIBUTIONS = ['resolving', 'receiving'] as const
const MAPS = ['then', 'today'] as const

/** Every table of these periods adds up, row by row; today's map loses and adds nothing; cells are what is counted. */
function holds(installation: TestInstallation, periods: readonly string[]): void {
  const today = localDayOf(installation.clock.now())
  for (const period of periods.map(parsePeriod).filter(({ from }) => from <= today)) {
    for (const attribution of ATTRIBUTIONS) {
      const totals = GRAINS.flatMap((by) =>
        MAPS.map((map) => {
          const table = report(installation, { period, by, attribution, map, reading: 'current' })
          assert.deepEqual(table.broken, [], `${period.key} ${by} ${attribution} ${map}`)
          for (const row of [...table.rows, table.total]) requireForm06(form06Row(row.tally), row.label)
          return table.total.tally
        }),
      )
      const [first, ...others] = totals.map(countedOnce)
      for (const other of others) assert.deepEqual(other, first, `${period.key} ${attribution}`)
    }
    const to = period.to < today ? period.to : today
    assert.deepEqual(recountPeriod(installation, { from: period.from, to }).differences, [])
  }
}

/** A total without what moved between rows, which depends on what the rows are; what came less what went does not. */
function countedOnce(tally: Report['total']['tally']): readonly (readonly [string, number])[] {
  const { transferredIn, transferredOut, handedIn: _, handedOut: __, ...rest } = tally
  assert.equal(transferredIn, transferredOut, 'within the whole what came is what went')
  return COUNTERS.filter((counter) => counter in rest).map((counter) => [
    counter,
    rest[counter as keyof typeof rest],
  ])
}

function sameAsNaive(installation: TestInstallation, key: string): void {
  const today = localDayOf(installation.clock.now())
  const lives = livesOf(installation.db, addDays(today, 1))
  const period = parsePeriod(key)
  const { rows, asOf } = report(installation, {
    period,
    by: 'unit',
    attribution: 'resolving',
    reading: 'current',
  })
  for (const { id, label, tally } of rows) {
    const naive = naiveTally(lives, { from: period.from, to: asOf, units: ({ unit }) => unit === id })
    assert.deepEqual(tally, naive, label)
  }
}

/** What was promised, or was so before a day: no reorganisation touches it. */
function promises({ db }: TestInstallation): readonly unknown[] {
  return [
    db
      .prepare(`SELECT id, code, slip_number, state, accepted_at, first_due_at, due_at, appointment_at, clock_started_at, late_on,
        paused_since, ended_at, last_occurred_at FROM dossiers ORDER BY id`)
      .all(),
    db.prepare('SELECT * FROM pauses ORDER BY id').all(),
    db.prepare('SELECT * FROM dossier_steps ORDER BY dossier_id, position').all(),
  ]
}

const closings = ({ db }: TestInstallation) =>
  db
    .prepare('SELECT period_key, unit_id, revision, figures, breakdown, hash FROM snapshots ORDER BY id')
    .all()

const openAt = (installation: TestInstallation, unit: string): readonly StoredDossier[] => {
  const { id } = catalogueOf(installation.db).unitByKey.get(unit)!
  return installation.db
    .prepare<[number], { id: number }>(
      'SELECT id FROM dossiers WHERE unit_id = ? AND accepted_on IS NOT NULL AND ended_on IS NULL ORDER BY id',
    )
    .all(id)
    .map((row) => findDossierById(installation.db, row.id)!)
}

const unitOf = ({ db }: TestInstallation, id: number) => catalogueOf(db).unitById.get(id)!.key

test('the two reorganisations of Tứ Kỳ, on their days, with open dossiers of the demonstration', () => {
  const installation = demoUntil('2024-11-11', '2024-11-30T10:00')
  const { db } = installation
  for (const week of ['2024-W46', '2024-W47']) closePeriod(installation, parsePeriod(week))
  const closed = closings(installation)
  const keys = ['2024-12', '2024-11-04..2025-08-31', '2025-07']
  holds(installation, keys)

  // Decided before its day: the units are dated at once, nothing has moved.
  const before = promises(installation)
  record(installation, planOf(installation, 0))
  assert.deepEqual(applyReorganisations(installation, '2024-11-30'), [])
  assert.deepEqual(promises(installation), before)
  holds(installation, keys)

  installation.at('2024-12-01T00:05')
  const waiting = ['xa-cong-lac', 'xa-phuong-ky'].flatMap((key) => openAt(installation, key))
  assert.ok(waiting.length > 3)
  const [applied] = applyReorganisations(installation, '2024-12-01')
  assert.ok(applied!.moved > waiting.length)
  assert.deepEqual(promises(installation), before, 'code, dates and clock stay')
  assert.deepEqual(
    openAt(installation, 'xa-lac-phuong-2024').map(({ id }) => id),
    waiting.map(({ id }) => id).sort((a, b) => a - b),
  )
  assert.deepEqual(applyReorganisations(installation, '2024-12-01'), [{ ...applied, moved: 0 }], 'safe twice')
  holds(installation, keys)
  sameAsNaive(installation, '2024-12')

  // New dossiers take the code of the new unit, moved ones go on under theirs.
  installation.at('2024-12-02T09:00')
  const { log, act } = deskOf(installation)
  assert.equal(log({ unit: 'xa-lac-phuong-2024' }).code, '000.44.35.H23-241202-0001')
  const done = waiting.find(({ state }) => state === 'accepted' || state === 'processing')!
  const finished = act(done, 'finish')
  assert.deepEqual([finished.code, unitOf(installation, finished.unitId)], [done.code, 'xa-lac-phuong-2024'])
  for (let n = 0; n < 6; n += 1) log({ unit: 'xa-ky-son-2024', assignee: 'xa-ngoc-ky.mot-cua-1' })
  for (const unit of ['xa-hung-dao', 'xa-tien-dong', 'xa-quang-phuc'] as const)
    for (let n = 0; n < 3; n += 1) log({ unit, procedure: n === 0 ? '2.000986' : '1.004873' })
  holds(installation, keys)

  installation.at('2025-06-30T15:00')
  for (let n = 0; n < 4; n += 1) log({ unit: 'xa-ky-son-2024', assignee: 'xa-ngoc-ky.mot-cua-1' })
  log({ unit: 'bo-phan-mot-cua-huyen', procedure: '1.001612' })
  const hungDao = log({ unit: 'xa-hung-dao' })
  const promised = promises(installation)
  const asWas = report(installation, { period: parsePeriod('2024-12'), by: 'unit', attribution: 'resolving' })
  record(installation, planOf(installation, 1))
  installation.at('2025-07-01T00:05')
  const moved = applyReorganisations(installation, '2025-07-01')
  assert.deepEqual(
    moved.map((each) => each.moved > 0),
    [false, true],
  )
  assert.deepEqual(promises(installation), promised)
  assert.deepEqual(openAt(installation, 'xa-ky-son-2024'), [])
  const after = report(installation, { period: parsePeriod('2024-12'), by: 'unit', attribution: 'resolving' })
  assert.deepEqual(after.rows, asWas.rows, 'a table of the units of then stays as it is')
  holds(installation, keys)
  sameAsNaive(installation, '2025-07')

  // What nobody has been given waits where it is, in the hands of the commune at the seat of the old district.
  const stuck = findDossierById(db, hungDao.id)!
  assert.deepEqual(
    [stuck.unitId, stuck.holderUnitId].map((id) => unitOf(installation, id)),
    ['xa-hung-dao', 'xa-tu-ky-2025'],
  )

  installation.at('2025-07-01T08:00')
  const created = log({ unit: 'trung-tam-tan-ky-2025' })
  assert.deepEqual(
    [created.code, unitOf(installation, created.unitId)],
    ['H24.72.01-250701-0001', 'xa-tan-ky-2025'],
  )
  const kept = openAt(installation, 'xa-tan-ky-2025').find(({ assigneeId }) => assigneeId !== null)!
  const { memberships } = catalogueOf(db).officerById.get(kept.assigneeId!)!
  const place = [kept.unitId, kept.receivingUnitId]
  assert.ok(
    memberships.some(({ unitId, validFrom }) => place.includes(unitId) && validFrom === '2025-07-01'),
    'who has it has followed',
  )
  assert.match(act(kept, 'finish').code!, /^000\./)
  holds(installation, keys)
  sameAsNaive(installation, '2025-07')
  assert.deepEqual(closings(installation), closed, 'closed periods before are as they were')
  assert.deepEqual(verifyRows(installation, {}).differences, [])

  const flows = () =>
    [...MAPS].map(
      (map) =>
        report(installation, {
          period: parsePeriod('2024-11-04..2025-07-01'),
          by: 'unit',
          attribution: 'resolving',
          map,
        }).rows,
    )
  const maintained = flows()
  rebuildCells(installation)
  assert.deepEqual(flows(), maintained, 'cells made anew from the dossiers are those that were kept')
})

test('by today’s map earlier units stand in the row of what they became, split ones alone, and nothing moves within a row', () => {
  const installation = demoUntil('2024-11-18', '2024-11-30T10:00')
  record(installation, planOf(installation, 0))
  installation.at('2024-12-01T00:05')
  applyReorganisations(installation, '2024-12-01')
  installation.at('2025-06-01T08:00')
  record(installation, planOf(installation, 1))
  installation.at('2025-07-02T08:00')
  applyReorganisations(installation, '2025-07-02')
  const table = (map: 'then' | 'today', key = '2024-12', unit?: string) =>
    report(installation, { period: parsePeriod(key), by: 'unit', attribution: 'resolving', map, unit })
  const row = (found: Report, key: string) => found.rows.find((each) => each.key === key)
  const then = table('then')
  assert.equal(row(then, 'xa-cong-lac')?.note, 'đã kết thúc từ 01/12/2024')
  const overTheBreak = table('then', '2024-11-25..2024-12-08')
  assert.equal(row(overTheBreak, 'xa-cong-lac')?.note, 'đến 30/11/2024')
  assert.equal(row(overTheBreak, 'xa-lac-phuong-2024')?.note, 'từ 01/12/2024')
  assert.ok(then.total.tally.transferredIn > 0)
  const today = table('today')
  assert.equal(today.total.tally.transferredIn, 0, 'every move of 1/12 was within a row of today')
  assert.equal(row(today, 'xa-hung-dao')?.note, 'đã chia, không phân bổ')
  const parts = ['xa-quang-trung', 'xa-lac-phuong-2024', 'xa-cong-lac', 'xa-phuong-ky'].map((key) =>
    row(then, key),
  )
  const sum = (counter: 'received' | 'open' | 'carriedOver') =>
    parts.reduce((all, part) => all + (part?.tally[counter] ?? 0), 0)
  const lacPhuong = row(today, 'xa-lac-phuong-2025')!
  for (const counter of ['received', 'open', 'carriedOver'] as const)
    assert.equal(lacPhuong.tally[counter], sum(counter), counter)
  assert.deepEqual(
    table('today', '2024-11', '11140').rows.map(({ key }) => key),
    ['xa-lac-phuong-2025'],
    'Cộng Lạc by its code of then is Lạc Phượng today',
  )
})

test('a district has the communes it had last in a period, also over the break: none twice, none lost', () => {
  const installation = demoUntil('2024-11-18', '2024-11-30T10:00')
  record(installation, planOf(installation, 0))
  installation.at('2024-12-01T00:05')
  applyReorganisations(installation, '2024-12-01')
  record(installation, planOf(installation, 1))
  installation.at('2025-07-05T08:00')
  const { log } = deskOf(installation)
  log({ unit: 'trung-tam-tu-ky-2025' })
  applyReorganisations(installation, '2025-07-05')
  for (const key of ['2024-11', '2024-12', '2024-11-18..2025-07-05', '2025-07']) {
    const rows = (unit?: string) =>
      report(installation, { period: parsePeriod(key), by: 'unit', attribution: 'resolving', unit }).rows
    const parts = ['tinh-hai-duong', 'thanh-pho-hai-phong'].flatMap((unit) => rows(unit))
    assert.deepEqual(
      parts.map((row) => row.id).sort((a, b) => a - b),
      rows()
        .map((row) => row.id)
        .sort((a, b) => a - b),
      key,
    )
  }
})

test('closed weeks of any revision can be read by today’s map', () => {
  const installation = demoUntil('2024-11-18', '2024-12-01T00:04')
  record(installation, planOf(installation, 0))
  installation.at('2024-12-01T00:05')
  applyReorganisations(installation, '2024-12-01')
  installation.at('2024-12-02T06:00')
  const week = parsePeriod('2024-W48')
  closePeriod(installation, week)
  for (const reading of ['closed', 'current', 1] as const) {
    const [then, today] = MAPS.map((map) =>
      report(installation, { period: week, by: 'unit', attribution: 'resolving', map, reading }),
    ) as [Report, Report]
    assert.ok(then.total.tally.transferredOut > 0)
    assert.equal(today.total.tally.transferredOut, 0)
    assert.equal(today.rows.length, then.rows.length - 6)
    assert.deepEqual(countedOnce(today.total.tally), countedOnce(then.total.tally))
  }
})
