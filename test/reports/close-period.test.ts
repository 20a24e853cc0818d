import assert from 'node:assert/strict'
import { test } from 'node:test'
import { lastClosedDay } from '../../db/queries/periods.ts'
import { allSnapshots, snapshotChains } from '../../db/queries/snapshots.ts'
import { SYSTEM_ACTOR } from '../../src/deps.ts'
import { parsePeriod } from '../../src/domain/calendar/periods.ts'
import { emptyTally } from '../../src/domain/counting/tally-sums.ts'
import { actOnDossier } from '../../src/dossiers/act-on-dossier.ts'
import { logDossier } from '../../src/dossiers/log-dossier.ts'
import { closePeriod } from '../../src/reports/close-period.ts'
import { figuresHash, readFigures } from '../../src/reports/figures.ts'
import { longOverdue } from '../../src/reports/long-overdue.ts'
import { type ReportGrain, report } from '../../src/reports/report.ts'
import { randomHistory } from '../support/random-history.ts'
import { type TestInstallation, testInstallation } from '../support/test-installation.ts'

const WEEK = parsePeriod('2023-W10')
const first = (periodKey: string) => ({ periodKey, revision: 1, withBreakdown: true })

function accept(installation: TestInstallation, unit = 'xa-ngoc-ky') {
  const input = {
    act: 'accept',
    unit,
    procedure: '1.004873',
    channel: 'counter',
    applicant: { name: 'Nguyễn Văn Mẫu' },
  } as const
  return logDossier(installation, SYSTEM_ACTOR, input)
}

function unitId({ db }: TestInstallation, key: string): number {
  return (db.prepare('SELECT id FROM units WHERE key = ?').get(key) as { id: number }).id
}

test('a closed week reads exactly as it did live, in every table', () => {
  const installation = testInstallation()
  randomHistory(installation, { from: '2023-02-27', days: 14, perDay: 25, seed: 7 })
  installation.at('2023-03-13T06:00')
  closePeriod(installation, WEEK)
  for (const by of ['unit', 'field', 'procedure', 'channel', 'officer'] as const satisfies ReportGrain[]) {
    for (const attribution of ['resolving', 'receiving'] as const) {
      const request = { period: WEEK, by, attribution, withIndexed: true }
      const closed = report(installation, request)
      const live = report(installation, { ...request, reading: 'current' })
      assert.deepEqual(closed.closed, {
        at: installation.clock.now(),
        revision: 1,
        takenAt: installation.clock.now(),
      })
      assert.deepEqual(closed.rows, live.rows, `${by} ${attribution}`)
      assert.deepEqual(closed.total, live.total)
      assert.deepEqual(closed.broken, [])
    }
  }
})

test('what happens after the closing leaves revision 1 as it was', () => {
  const installation = testInstallation('2023-03-07T09:00')
  const { id } = accept(installation)
  installation.at('2023-03-13T06:00')
  closePeriod(installation, WEEK)
  const request = { period: WEEK, by: 'unit', attribution: 'resolving' } as const
  const talliesOf = () => report(installation, request).rows.map(({ key, tally }) => ({ key, tally }))
  const before = talliesOf()
  assert.equal(before.length, 1)
  actOnDossier(installation, SYSTEM_ACTOR, id, { act: 'void', reason: 'Nhập trùng' })
  assert.deepEqual(talliesOf(), before)
  assert.equal(report(installation, { ...request, reading: 'current' }).total.tally.received, 0)
})

test('every unit that resolves has a snapshot, a row of zeros where there was nothing, and each hash holds', () => {
  const installation = testInstallation('2023-03-07T09:00')
  const { db } = installation
  accept(installation)
  installation.at('2023-03-13T06:00')
  const closed = closePeriod(installation, WEEK)
  const heads = snapshotChains(db, first(WEEK.key))
  const resolvers = db
    .prepare(`SELECT count(DISTINCT u.id) FROM units u JOIN unit_versions v ON v.unit_id = u.id
      WHERE u.kind IN ('resolver', 'shop_and_resolver') AND v.valid_from <= '2023-03-12' AND coalesce(v.valid_to, '9') >= '2023-03-06'`)
    .pluck()
    .get()
  assert.equal(heads.length, resolvers)
  assert.equal(closed.units, resolvers)
  const empty = heads.find((head) => head.unitId === unitId(installation, 'xa-van-to'))
  const { tally, longOverdue } = readFigures(empty!.figures)
  assert.deepEqual({ tally, longOverdue }, { tally: emptyTally(), longOverdue: 0 })
  for (const row of allSnapshots(db)) {
    assert.equal(figuresHash({ ...row, follows: null }), row.hash)
    assert.notEqual(figuresHash({ ...row, unitId: row.unitId + 1, follows: null }), row.hash)
  }
})

test('closing twice leaves one revision and says that it was closed before', () => {
  const installation = testInstallation('2023-03-07T09:00')
  accept(installation)
  installation.at('2023-03-13T06:00')
  const first = closePeriod(installation, WEEK)
  installation.at('2023-03-13T09:00')
  accept(installation)
  const second = closePeriod(installation, WEEK)
  assert.equal(first.closedNow, true)
  assert.deepEqual(second, { ...first, closedNow: false })
  assert.equal(installation.db.prepare('SELECT max(revision) FROM snapshots').pluck().get(), 1)
  assert.equal(lastClosedDay(installation.db), '2023-03-12')
})

test('a period is not closed before its hour', () => {
  const installation = testInstallation('2023-03-13T05:59')
  assert.throws(() => closePeriod(installation, WEEK), { code: 'period_not_over' })
  installation.at('2023-04-03T06:00')
  assert.throws(() => closePeriod(installation, parsePeriod('2023-03')), { code: 'period_not_over' })
  installation.at('2023-04-04T06:00')
  assert.equal(closePeriod(installation, parsePeriod('2023-03')).closedNow, true)
})

test('overdue for long is more than five working days: due 2023-03-06, from the end of 2023-03-14', () => {
  const installation = testInstallation('2023-03-01T09:00')
  const { id } = accept(installation)
  const unit = unitId(installation, 'xa-ngoc-ky')
  installation.at('2023-03-20T06:00')
  assert.equal(longOverdue(installation, unit, '2023-03-13'), 0)
  assert.equal(longOverdue(installation, unit, '2023-03-14'), 1)
  closePeriod(installation, WEEK)
  closePeriod(installation, parsePeriod('2023-W11'))
  const figuresOf = (key: string) =>
    readFigures(snapshotChains(installation.db, first(key)).find((head) => head.unitId === unit)!.figures)
  assert.equal(figuresOf('2023-W10').longOverdue, 0)
  assert.equal(figuresOf('2023-W11').longOverdue, 1)
  actOnDossier(installation, SYSTEM_ACTOR, id, { act: 'finish', outcome: 'granted' })
  assert.equal(longOverdue(installation, unit, '2023-03-19'), 1, 'it was then')
  assert.equal(longOverdue(installation, unit, '2023-03-20'), 0, 'it is no more')
})

test('a dossier paused in time is not overdue for long', () => {
  const installation = testInstallation('2023-03-01T09:00')
  const { id } = accept(installation)
  installation.at('2023-03-02T09:00')
  actOnDossier(installation, SYSTEM_ACTOR, id, { act: 'request_supplement', reason: 'Thiếu giấy tờ' })
  installation.at('2023-03-31T09:00')
  assert.equal(longOverdue(installation, unitId(installation, 'xa-ngoc-ky'), '2023-03-30'), 0)
})
