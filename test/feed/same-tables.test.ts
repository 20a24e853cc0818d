import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { test } from 'node:test'
import { openAlarms } from '../../db/queries/alarms.ts'
import { parsePeriod } from '../../src/domain/calendar/periods.ts'
import type { FeedMessage } from '../../src/feed/message.ts'
import { lastPeriods } from '../../src/feed/standing.ts'
import { adjustments } from '../../src/reports/adjustments.ts'
import { bridge } from '../../src/reports/bridge.ts'
import { closePeriod } from '../../src/reports/close-period.ts'
import { comparison } from '../../src/reports/comparison.ts'
import { closingSpan } from '../../src/reports/late-closings.ts'
import { report } from '../../src/reports/report.ts'
import { verifyDatabase } from '../../src/verify.ts'
import {
  CLOSED,
  closeAll,
  correct,
  feedAll,
  night,
  PARTS,
  parcelsOf,
  province,
  register,
  tell,
} from '../support/fed-province.ts'
import { assertSameTables } from '../support/same-tables.ts'
import { testInstallation } from '../support/test-installation.ts'

test('a parent fed by two installations prints the tables of one database with all dossiers, revisions too', async () => {
  const all = province()
  closeAll(all)
  tell(all)
  assert.equal(await feedAll(all), CLOSED.length * 3)
  assert.ok(assertSameTables(all, 1) > 300)

  correct(all, 'xa-ngoc-ky', '2023-04-05T09:00', '2023-03-08')
  correct(all, 'parent', '2023-04-05T10:00', '2023-03-15')
  night(all, '2023-04-06T01:00')
  assert.ok((await feedAll(all)) > 0)
  assertSameTables(all, 'newest')
  assertSameTables(all, 1)
  correct(all, 'hai-xa', '2023-04-06T09:00', '2023-03-01')
  correct(all, 'xa-ngoc-ky', '2023-04-06T10:00', '2023-03-21')
  night(all, '2023-04-07T01:00')
  await feedAll(all)
  assertSameTables(all, 'newest')
  const kinds = all.parent.db
    .prepare(`SELECT DISTINCT s.kind FROM snapshots s JOIN feed_received r
      ON r.unit_id = s.unit_id AND r.period_key = s.period_key AND r.revision = s.revision ORDER BY 1`)
    .pluck()
    .all()
  assert.deepEqual(kinds, ['difference', 'full'])
  assert.deepEqual(openAlarms(all.parent.db), [])
  for (const { problem, label } of verifyDatabase(all.parent)) assert.equal(problem, null, label)

  const period = parsePeriod('2023-W11')
  const [fed, whole] = [all.parent, all.whole].map((each) => ({
    adjusted: adjustments(each, { period })!.rows,
    compared: comparison(each, { period, from: 1, to: 'current' }).rows,
    bridge: bridge(each, { period: parsePeriod('2023-W12'), reading: 'current' })!.rows,
  }))
  assert.ok(fed!.adjusted.length > 1)
  assert.deepEqual(fed, whole)
})

test('the parent closes its own units before or after the messages, and a table never shows a missing unit as zero', async () => {
  const all = province()
  closeAll({
    ...all,
    everywhere(work) {
      for (const { installation } of all.children) work(installation)
    },
  })
  all.whole.at('2023-04-04T06:00')
  tell(all)
  all.parent.at('2023-04-04T06:00')
  const asked = { period: parsePeriod('2023-W10'), by: 'unit', attribution: 'resolving' } as const
  const keys = () => report(all.parent, asked).rows.map((row) => row.key)
  const missing = () => report(all.parent, asked).missing.map((unit) => unit.key)
  assert.deepEqual(missing().sort(), Object.values(PARTS).flat().sort())
  await feedAll({ ...all, children: all.children.slice(0, 1) })
  const before = report(all.parent, asked)
  assert.equal(before.closed, null, 'not closed by what a child has closed')
  assert.ok(before.rows.some((row) => row.key === 'xa-ngoc-ky'))
  assert.ok(before.rows.some((row) => row.key === 'thi-tran-tu-ky'))
  assert.throws(() => comparison(all.parent, { period: asked.period, from: 1, to: 'current' }), {
    code: 'period_not_closed',
  })
  for (const each of [all.parent, all.whole]) for (const key of CLOSED) closePeriod(each, parsePeriod(key))
  assert.deepEqual(missing().sort(), [...PARTS['hai-xa']].sort())
  assert.ok(keys().every((key) => !(PARTS['hai-xa'] as readonly string[]).includes(key)))
  const own = all.parent.db.prepare(`SELECT count(*) FROM snapshots s JOIN units u ON u.id = s.unit_id
    WHERE u.key = 'xa-van-to'`)
  assert.equal(own.pluck().get(), 0, 'the parent closes nothing for a unit that a child answers for')
  await feedAll(all)
  assert.deepEqual(missing(), [])
  assertSameTables(all, 1)
})

test('a parent without dossiers of its own closes its periods from the first day that a child answers for', () => {
  const parent = testInstallation('2023-03-20T06:00')
  assert.equal(closingSpan(parent), null)
  register(parent, 'xa-ngoc-ky', generateKeyPairSync('ed25519').privateKey)
  assert.deepEqual(
    lastPeriods(parent, parent.clock.now(), 'week', 9).map(({ key }) => key),
    ['2023-W09', '2023-W10', '2023-W11'],
  )
})

test('no message has anything of a person in it: no name, number, officer or code of a dossier', async () => {
  const all = province()
  closeAll(all)
  tell(all)
  correct(all, 'xa-ngoc-ky', '2023-04-05T09:00', '2023-03-08')
  night(all, '2023-04-06T01:00')
  for (const child of all.children) {
    const { db } = child.installation
    const parcels = await parcelsOf(child)
    for (const { envelope } of parcels) {
      const { breakdown } = JSON.parse(envelope.message) as FeedMessage
      const places = breakdown.map((cell) => cell.slice(0, 3).join('|'))
      assert.equal(new Set(places).size, places.length, 'officers are summed away, not only left out')
    }
    const text = JSON.stringify(parcels)
    const forbidden = [
      ...db.prepare('SELECT key FROM officers').pluck().all(),
      ...db.prepare('SELECT name FROM officers').pluck().all(),
      ...db.prepare('SELECT name FROM persons').pluck().all(),
      ...db.prepare('SELECT code FROM dossiers WHERE code IS NOT NULL').pluck().all(),
    ] as string[]
    assert.ok(forbidden.length > 100)
    for (const word of forbidden) assert.ok(!text.includes(word), word)
    assert.doesNotMatch(text, /officer|assignee|applicant|phone/i)
  }
})
