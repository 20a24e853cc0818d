import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openAlarms } from '../../db/queries/alarms.ts'
import { NEWEST_REVISION, revisionHeads } from '../../db/queries/snapshots.ts'
import { bumpCatalogue } from '../../src/catalogue/catalogue.ts'
import { parsePeriod } from '../../src/domain/calendar/periods.ts'
import { adjustments } from '../../src/reports/adjustments.ts'
import { bridge } from '../../src/reports/bridge.ts'
import { closePeriod } from '../../src/reports/close-period.ts'
import { periodsToClose } from '../../src/reports/closed-kinds.ts'
import { comparison } from '../../src/reports/comparison.ts'
import { closingSpan } from '../../src/reports/late-closings.ts'
import { nightlyRecount } from '../../src/reports/nightly-recount.ts'
import { rebuildCells } from '../../src/reports/rebuild-cells.ts'
import { type ReportGrain, type ReportRequest, report } from '../../src/reports/report.ts'
import { reviseFromCells } from '../../src/reports/revise-from-cells.ts'
import { revisePeriods, revisionSlices } from '../../src/reports/revise-periods.ts'
import { readRevision } from '../../src/reports/revisions.ts'
import { differingRevision } from '../../src/reports/verify-revisions.ts'
import { changedSnapshot } from '../../src/reports/verify-snapshots.ts'
import { type DeskIntake, deskOf, HEAD } from '../support/desk.ts'
import { refused } from '../support/refused.ts'
import { testInstallation } from '../support/test-installation.ts'

/** A commune with one dossier a week since January 2022, every period closed at its hour; it is 20/03/2023. */
function fifteenMonths() {
  const installation = testInstallation('2022-01-04T09:00')
  const { db, clock } = installation
  const desk = deskOf(installation, HEAD)
  const closeDue = () => {
    for (const period of periodsToClose(clock.now(), closingSpan(installation)!))
      closePeriod(installation, period)
  }
  const weeks = Array.from({ length: 63 }, (_, n) => clock.now() + n * 7 * 86_400_000)
  for (const at of weeks) {
    clock.set(at)
    const dossier = desk.log({ channel: 'level4' })
    clock.set(at + 2 * 86_400_000)
    desk.act(dossier, 'finish')
  }
  installation.at('2023-03-20T06:00')
  closeDue()
  installation.at('2023-03-20T09:00')
  const later = () =>
    db
      .prepare(
        `SELECT period_key AS key, kind, figures, breakdown, cause FROM snapshots WHERE revision > 1 ORDER BY id`,
      )
      .all() as { key: string; kind: string; figures: string; breakdown: string; cause: string }[]
  const read = (key: string, request: Partial<ReportRequest> = {}) =>
    report(installation, { period: parsePeriod(key), by: 'unit', attribution: 'resolving', ...request })
  const log = (intake: DeskIntake) => desk.log({ reason: 'Ghi sót', ...intake })
  return { ...desk, log, installation, db, later, read, night: () => revisePeriods(installation), closeDue }
}

test('a dossier accepted fourteen months back costs full revisions of its own periods, and small differences of those it was carried through', () => {
  const { log, night, later, read, db } = fifteenMonths()
  const january = read('2022-W03')
  log({ at: '2022-01-19T09:00', channel: 'counter' })
  const { full, difference } = night()
  const rows = later()
  const fullKeys = rows.filter(({ kind }) => kind === 'full').map(({ key }) => key)
  // It was received on 19/01, due on the 24th and overdue on the 25th: all in the first months of 2022.
  assert.deepEqual(fullKeys.sort(), [
    '2022',
    '2022-01',
    '2022-02@15-14',
    '2022-H1',
    '2022-H1@15-14',
    '2022-Q1',
    '2022-Q1@15-14',
    '2022-W03',
    '2022-W04',
    '2022@15-14',
  ])
  assert.equal(full, fullKeys.length)
  const carried = rows.filter(({ kind }) => kind === 'difference')
  assert.equal(carried.length, difference)
  assert.ok(carried.length > 80, `${carried.length}`)
  const bytes = carried.map(({ figures, breakdown }) => figures.length + breakdown.length)
  assert.ok(Math.max(...bytes) < 220, `${Math.max(...bytes)} bytes`)
  const february = carried.find(({ key }) => key === '2022-W06')!
  assert.equal(february.figures, '{"longOverdue":1,"tally":{"carriedOver":1,"open":1,"openOverdue":1}}')
  assert.equal(db.prepare('SELECT count(DISTINCT cause) FROM snapshots WHERE revision > 1').pluck().get(), 1)

  assert.equal(read('2022-W03').total.tally.received, january.total.tally.received)
  assert.equal(read('2022-W03', { reading: 2 }).total.tally.received, january.total.tally.received + 1)
  assert.equal(read('2022-W06', { reading: 2 }).total.tally.openOverdue, 1)
  assert.equal(changedSnapshot(db), null)
  assert.equal(differingRevision(db), null)
})

test('night after night the differences of a carried stock add up, in every table', () => {
  const { log, act, night, read, db } = fifteenMonths()
  const dossiers = [1, 2, 3].map((n) => {
    const dossier = log({
      at: `2022-01-1${n + 6}T09:00`,
      assignee: n === 2 ? 'xa-ngoc-ky.mot-cua-1' : undefined,
    })
    night()
    return dossier
  })
  act(dossiers[0]!, 'void')
  night()
  const kinds = revisionHeads(db, '2022-W10')
    .filter(({ revision }) => revision > 1)
    .map(({ kind }) => kind)
  assert.deepEqual(kinds, ['difference', 'difference', 'difference', 'difference'])
  assert.deepEqual(
    [1, 2, 3, 4, 5].map((reading) => read('2022-W10', { reading }).total.tally.open),
    [0, 1, 2, 3, 2],
  )
  for (const by of ['unit', 'field', 'procedure', 'channel', 'officer'] as const satisfies ReportGrain[]) {
    for (const attribution of ['resolving', 'receiving'] as const) {
      const request = { by, attribution, withIndexed: true }
      const newest = read('2022-W10', { ...request, reading: 5 })
      assert.deepEqual(newest.rows, read('2022-W10', { ...request, reading: 'current' }).rows, by)
      assert.deepEqual(newest.broken, [])
    }
  }
  assert.equal(changedSnapshot(db), null)
})

test('corrected and corrected back before the night, nothing is revised and nothing is to be adjusted', () => {
  const { log, act, night, later, installation } = fifteenMonths()
  act(log({ at: '2023-03-15T09:00' }), 'void')
  const period = parsePeriod('2023-W11')
  assert.deepEqual(adjustments(installation, { period })?.events, [])
  assert.deepEqual(night(), { full: 0, difference: 0 })
  assert.deepEqual(later(), [])
})

test('corrected and corrected back on two days, the third revision is the first one again', () => {
  const { log, act, night, db } = fifteenMonths()
  const dossier = log({ at: '2023-03-15T09:00' })
  night()
  act(dossier, 'void')
  night()
  const read = (revision: number) =>
    readRevision(db, { periodKey: '2023-W11', revision, withBreakdown: true }).map(
      ({ unitId, figures, cells }) => ({ unitId, tally: figures.tally, cells }),
    )
  assert.deepEqual(read(3), read(1))
  assert.notDeepEqual(read(2), read(1))
})

test('a revision has one number for all units of a night, and names the events it takes up', () => {
  const { log, night, db, read } = fifteenMonths()
  log({ at: '2023-03-15T09:00' })
  night()
  log({ at: '2023-03-15T09:00', unit: 'thi-tran-tu-ky' })
  log({ at: '2023-03-16T09:00' })
  night()
  const heads = revisionHeads(db, '2023-W11').filter(({ revision }) => revision > 1)
  assert.deepEqual(
    heads.map(({ revision }) => revision),
    [2, 3, 3],
  )
  const causes = heads.map(({ cause }) => JSON.parse(cause!) as number[])
  assert.deepEqual(
    causes.map((list) => list.length),
    [1, 1, 1],
  )
  const acts = db.prepare('SELECT act FROM events WHERE id IN (SELECT value FROM json_each(?))').pluck()
  assert.deepEqual(acts.all(JSON.stringify(causes.flat())), ['accept', 'accept', 'accept'])
  const received = (reading: number) => read('2023-W11', { reading }).total.tally.received
  assert.deepEqual([received(2) - received(1), received(3) - received(2)], [1, 2])
})

test('a unit that did not resolve in the period when it was closed gets its first figures as a later revision', () => {
  const { log, night, db, read } = fifteenMonths()
  const id = db.prepare(`SELECT id FROM units WHERE key = 'xa-van-to'`).pluck().get() as number
  db.prepare(`DELETE FROM snapshots WHERE unit_id = ?`).run(id)
  log({ at: '2023-03-15T09:00', unit: 'xa-van-to' })
  night()
  const [head] = revisionHeads(db, '2023-W11').filter(({ unitId }) => unitId === id)
  assert.deepEqual([head?.revision, head?.kind], [2, 'full'])
  const rowOf = (reading: number) => read('2023-W11', { reading }).rows.find(({ key }) => key === 'xa-van-to')
  assert.deepEqual([rowOf(1), rowOf(2)?.tally.received], [undefined, 1])
  assert.equal(changedSnapshot(db), null)
  assert.equal(differingRevision(db), null)
})

test('a revision keeps the definitions of the first one and has the calendar of its own day', () => {
  const { log, night, db, read } = fifteenMonths()
  const closed = read('2023-W11')
  db.prepare(
    `UPDATE rate_variants SET definition = json_set(definition, '$.formula', 'De/D') WHERE code = 'V1'`,
  ).run()
  bumpCatalogue(db)
  assert.notEqual(read('2023-W12').formulaVersion, closed.formulaVersion)
  log({ at: '2023-03-15T09:00' })
  night()
  const revised = read('2023-W11', { reading: 2 })
  assert.equal(revised.formulaVersion, closed.formulaVersion)
  assert.equal(revised.closed?.revision, 2)
  assert.ok(revised.closed!.takenAt > revised.closed!.at)
})

test('the box of a closed period tells each counter before and after, and which revision took up what', () => {
  const { log, night, installation } = fifteenMonths()
  const period = parsePeriod('2023-W11')
  assert.deepEqual(adjustments(installation, { period })?.rows, [])
  const first = log({ at: '2023-03-15T09:00' })
  night()
  const second = log({ at: '2023-03-16T09:00', unit: 'thi-tran-tu-ky' })
  const { rows, total, events } = adjustments(installation, { period })!
  const received = (row: typeof total) => row.counters.find(({ counter }) => counter === 'received')
  assert.deepEqual(
    rows.map((row) => [row.key, received(row)?.before, received(row)?.after]),
    [
      ['thi-tran-tu-ky', 0, 1],
      ['xa-ngoc-ky', 1, 2],
    ],
  )
  assert.deepEqual(received(total), { counter: 'received', before: 1, after: 3 })
  assert.deepEqual(
    events.map(({ code, act, revision, reason }) => [code, act, revision, reason]),
    [
      [first.code, 'accept', 2, 'Ghi sót'],
      [second.code, 'accept', null, 'Ghi sót'],
    ],
  )
  const own = adjustments(installation, { period, unit: 'xa-ngoc-ky' })!
  assert.deepEqual([own.rows.length, own.events.length], [1, 1])
  assert.equal(adjustments(installation, { period: parsePeriod('2023-W12') }), null, 'not closed yet')
})

test('the bridge leads from what the period before was closed with to what this one begins with, event by event', () => {
  const { log, act, closeDue, installation, read } = fifteenMonths()
  const [week, next] = [parsePeriod('2023-W11'), parsePeriod('2023-W12')]
  assert.equal(bridge(installation, { period: next }), null)
  const late = log({ at: '2023-03-16T09:00' })
  log({ at: '2023-03-10T09:00', unit: 'thi-tran-tu-ky' })
  act(log({ at: '2023-03-17T09:00' }), 'void')
  installation.at('2023-03-27T06:00')
  closeDue()
  const found = bridge(installation, { period: next })!
  assert.equal(found.previous.key, week.key)
  const { open, adjustment, carriedOver, unexplained } = found.total
  assert.deepEqual([open, adjustment, carriedOver, unexplained], [0, 2, 2, 0])
  assert.equal(carriedOver, read('2023-W12').total.tally.carriedOver)
  assert.deepEqual(
    found.rows.map((row) => [row.key, row.adjustment, row.unexplained]),
    [
      ['thi-tran-tu-ky', 1, 0],
      ['xa-ngoc-ky', 1, 0],
    ],
  )
  assert.equal(found.events[0]!.code, late.code)
  const own = bridge(installation, { period: next, unit: 'xa-ngoc-ky' })!
  assert.deepEqual([own.total.adjustment, own.rows.length], [1, 1])
})

test('what changes after both are closed is bridged in the later revision and in today’s figures, not in the first', () => {
  const { log, night, closeDue, installation } = fifteenMonths()
  const period = parsePeriod('2023-W12')
  installation.at('2023-03-27T06:00')
  closeDue()
  log({ at: '2023-03-16T09:00' })
  assert.equal(bridge(installation, { period }), null)
  night()
  for (const reading of [2, 'current'] as const) {
    const found = bridge(installation, { period, reading })!
    assert.deepEqual([found.total.adjustment, found.total.unexplained, found.events.length], [1, 0, 1])
  }
})

test('a bridge that no event explains says by how much', () => {
  const { db, installation } = fifteenMonths()
  db.prepare(
    `UPDATE snapshots SET figures = json_set(figures, '$.tally.open', 5) WHERE period_key = '2023-W11' AND unit_id = (SELECT id FROM units WHERE key = 'xa-ngoc-ky')`,
  ).run()
  const { total } = bridge(installation, { period: parsePeriod('2023-W12') })!
  assert.deepEqual([total.open, total.adjustment, total.carriedOver, total.unexplained], [5, -5, 0, -5])
})

test('two revisions side by side: what differs, by how much, and what was recorded between them', () => {
  const { log, act, night, installation } = fifteenMonths()
  const period = parsePeriod('2023-W11')
  const dossier = log({ at: '2023-03-15T09:00' })
  night()
  act(dossier, 'finish', { at: '2023-03-17T15:00' })
  night()
  const compare = (from: number, to: number | 'current') => comparison(installation, { period, from, to })
  const second = compare(2, 3)
  const counters = second.total.counters.map(({ counter }) => counter)
  assert.ok(
    counters.includes('early') && counters.includes('open') && !counters.includes('received'),
    counters.join(),
  )
  assert.deepEqual(
    second.total.rates.find(({ code }) => code === 'V1'),
    {
      code: 'V1',
      name: 'Tỷ lệ giải quyết đúng hạn (trên số đã giải quyết)',
      before: { numerator: 1, denominator: 1 },
      after: { numerator: 2, denominator: 2 },
    },
  )
  assert.deepEqual(
    second.events.map(({ act: name }) => name),
    ['finish'],
  )
  assert.deepEqual(
    second.rows.map(({ key }) => key),
    ['xa-ngoc-ky'],
  )
  assert.deepEqual(
    compare(1, 3).events.map(({ act: name }) => name),
    ['accept', 'finish'],
  )
  assert.deepEqual(compare(3, 'current').rows, [])
  act(dossier, 'void')
  const pending = compare(3, 'current')
  assert.deepEqual(
    pending.events.map(({ act: name, revision }) => [name, revision]),
    [['void', null]],
  )
  assert.deepEqual(
    pending.total.counters,
    compare(1, 'current').total.counters.length === 0 ? pending.total.counters : [],
  )
  refused('unknown_revision', () => compare(1, 9))
  refused('revisions_reversed', () => compare(3, 2))
  refused('period_not_closed', () =>
    comparison(installation, { period: parsePeriod('2023-W12'), from: 1, to: 2 }),
  )
})

test('cells changed behind the back of the events raise an alarm that names the period', () => {
  const { db, installation } = fifteenMonths()
  nightlyRecount(installation, '2023-03-20')
  assert.deepEqual(openAlarms(db), [])
  db.prepare(`UPDATE day_cells SET digitised = digitised + 1 WHERE day = '2023-03-14'`).run()
  nightlyRecount(installation, '2023-03-20')
  const alarm = openAlarms(db).find(({ kind }) => kind === 'revision_differs')
  assert.match(alarm!.detail, /^Kỳ 2023-03@15-14, đơn vị #\d+: bản 1 cộng các thay đổi/)
})

const DAMAGES = [
  [
    'a figure',
    `UPDATE snapshots SET figures = replace(figures, '"open":1', '"open":2') WHERE kind = 'difference'`,
  ],
  ['an event', `UPDATE snapshots SET cause = '[1]' WHERE revision = 2 AND period_key = '2023-W11'`],
  ['a revision taken out', `DELETE FROM snapshots WHERE revision = 2 AND period_key = '2023-W11'`],
  ['what it is through', `UPDATE snapshots SET through_change = 0 WHERE revision = 3`],
] as const

for (const [what, damage] of DAMAGES) {
  test(`the chain of a period’s revisions shows ${what}`, () => {
    const { log, night, db } = fifteenMonths()
    for (const day of ['13', '14']) {
      log({ at: `2022-12-${day}T09:00` })
      log({ at: `2023-03-${day}T09:00` })
      night()
    }
    assert.equal(changedSnapshot(db), null)
    assert.ok(db.prepare(damage).run().changes > 0)
    assert.match(changedSnapshot(db)!, /^Kỳ 202/)
  })
}

test('the newest revision of a month is what its grade reads, differences added up', () => {
  const { log, night, db } = fifteenMonths()
  log({ at: '2022-01-19T09:00' })
  night()
  const of = (revision: number) =>
    readRevision(db, { periodKey: '2022-06', revision, withBreakdown: false }).reduce(
      (sum, { figures }) => sum + figures.longOverdue,
      0,
    )
  assert.deepEqual([of(1), of(NEWEST_REVISION)], [0, 1])
})

test('after wrong cells are put right, the periods closed with them get a revision that names no event, once', () => {
  const { db, installation, log, night, read, closeDue } = fifteenMonths()
  const cell = `day = '2023-03-14' AND received > 0`
  db.prepare(`UPDATE day_cells SET digitised = digitised + 1 WHERE ${cell}`).run()
  installation.at('2023-04-20T09:00')
  closeDue()
  rebuildCells(installation)
  assert.match(differingRevision(db)!, /^Kỳ 2023-03(@15-14)?, /)
  log({ at: '2023-03-15T09:00' })
  assert.ok(reviseFromCells(installation) > 0)
  assert.equal(differingRevision(db), null)
  assert.equal(changedSnapshot(db), null)
  assert.equal(reviseFromCells(installation), 0)
  const causes = revisionHeads(db, '2023-03').map(({ revision, cause }) => [
    revision,
    JSON.parse(cause ?? 'null'),
  ])
  assert.deepEqual(
    causes.slice(-2).map(([revision]) => revision),
    [2, 3],
  )
  assert.deepEqual(causes.at(-1), [3, []])
  assert.deepEqual(
    [1, 3].map((reading) => read('2023-03', { reading }).total.tally.digitised),
    [3, 2],
  )
  installation.at('2023-04-21T01:00')
  assert.deepEqual(night(), { full: 0, difference: 0 })
})

test('a night interrupted between two units goes on under the same number', () => {
  const { log, night, db, installation } = fifteenMonths()
  for (const unit of ['xa-ngoc-ky', 'thi-tran-tu-ky']) log({ at: '2022-01-19T09:00', unit })
  const slices = revisionSlices(installation)
  for (let n = 0; n < 8; n += 1) slices.next()
  slices.return(undefined)
  const done = () => db.prepare('SELECT count(*) FROM snapshots WHERE revision > 1').pluck().get() as number
  const before = done()
  night()
  assert.ok(before > 100 && done() > before + 50, `${before} of ${done()}`)
  assert.equal(db.prepare('SELECT max(revision) FROM snapshots').pluck().get(), 2)
  assert.equal(changedSnapshot(db), null)
  assert.equal(differingRevision(db), null)
})
