import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { findDossierById } from '../../db/queries/dossiers.ts'
import { queueRows } from '../../db/queries/work-queue.ts'
import { catalogueOf } from '../../src/catalogue/catalogue.ts'
import { parsePeriod } from '../../src/domain/calendar/periods.ts'
import { filterOf, readAsk } from '../../src/dossiers/work-queue-query.ts'
import { applyReorganisation, applyReorganisations } from '../../src/reorganisations/apply-reorganisation.ts'
import { assignUnit } from '../../src/reorganisations/assign-unit.ts'
import type { ReorganisationPlan } from '../../src/reorganisations/plan-schema.ts'
import { previewPlan } from '../../src/reorganisations/preview-plan.ts'
import { readPlan } from '../../src/reorganisations/read-plan.ts'
import { placeAfter, takeoverOf } from '../../src/reorganisations/takeover.ts'
import { closePeriod } from '../../src/reports/close-period.ts'
import { recountPeriod } from '../../src/reports/recount.ts'
import { report } from '../../src/reports/report.ts'
import { revisePeriods } from '../../src/reports/revise-periods.ts'
import { findUnit } from '../../src/reports/scope.ts'
import { deskOf } from '../support/desk.ts'
import { refused } from '../support/refused.ts'
import { OPERATOR, planOf, record } from '../support/reorganised.ts'
import { testInstallation } from '../support/test-installation.ts'

const BEFORE = '2024-11-28T09:00'
const merge = (change: Partial<ReorganisationPlan> = {}) => {
  const installation = testInstallation(BEFORE)
  return { installation, ...deskOf(installation), plan: planOf(installation, 0, change) }
}
const keyOf = ({ db }: ReturnType<typeof testInstallation>, id: number) =>
  catalogueOf(db).unitById.get(id)!.key

test('who takes over is said of the procedure first, then of its field, then of the unit, then by what it became', () => {
  const { plan } = merge({
    takeovers: [
      { from: 'xa-ngoc-ky', to: 'a', procedure: '1.001193' },
      { from: 'xa-ngoc-ky', to: 'b', field: 'ho-tich' },
    ],
  })
  const to = (procedure: string, field: string, from = 'xa-ngoc-ky') =>
    takeoverOf(plan, from, { procedure, field })
  assert.deepEqual(
    [to('1.001193', 'ho-tich'), to('1.004873', 'ho-tich'), to('2.000815', 'chung-thuc')],
    ['a', 'b', 'xa-ky-son-2024'],
  )
  assert.equal(to('1.004873', 'ho-tich', 'xa-quang-phuc'), undefined, 'it goes on')
})

test('the shop of the new unit receives, unless the old one goes on; what is not decided changes hands only', () => {
  const { plan } = merge({ coordinator: 'thi-tran-tu-ky', lineage: [] })
  const place = {
    unit: 'xa-ngoc-ky',
    receiving: 'xa-ngoc-ky',
    holder: 'xa-ngoc-ky',
    procedure: 'p',
    field: 'f',
  }
  assert.deepEqual(
    placeAfter(plan, place, () => null),
    {
      unit: 'xa-ngoc-ky',
      receiving: 'xa-ngoc-ky',
      holder: 'thi-tran-tu-ky',
      decided: false,
    },
  )
  const decided = { ...plan, takeovers: [{ from: 'xa-ngoc-ky', to: 'xa-moi' }] }
  const shop = () => 'trung-tam-moi'
  assert.deepEqual(placeAfter(decided, place, shop), {
    unit: 'xa-moi',
    receiving: 'trung-tam-moi',
    holder: 'xa-moi',
    decided: true,
  })
  const received = { ...place, receiving: 'bo-phan-mot-cua-huyen', holder: 'bo-phan-mot-cua-huyen' }
  const after = placeAfter(decided, received, shop)
  assert.deepEqual([after.receiving, after.holder], ['bo-phan-mot-cua-huyen', 'bo-phan-mot-cua-huyen'])
})

const OFFENCES: readonly (readonly [string, Partial<ReorganisationPlan>, RegExp])[] = [
  ['a unit nobody knows', { closes: ['xa-khong-co'] }, /Không có đơn vị “xa-khong-co”/],
  [
    'a key that was used',
    { opens: [{ ...merge().plan.opens[0]!, key: 'xa-ha-ky' }] },
    /Khoá “xa-ha-ky” đã dùng/,
  ],
  [
    'a code that another unit has on that day',
    { opens: [{ ...merge().plan.opens[0]!, gsoCode: '11146' }] },
    /Mã “11146” thuộc hai đơn vị/,
  ],
  [
    'a successor that closes too',
    { lineage: [{ from: 'xa-ngoc-ky', to: 'xa-tai-son', kind: 'merge', share: 1 }] },
    /“xa-tai-son” không hoạt động/,
  ],
  [
    'nobody to take over and nobody to hold',
    { lineage: [], coordinator: null },
    /Chưa rõ đơn vị nào nhận hồ sơ của/,
  ],
  [
    'a parent that closes',
    { closes: ['huyen-tu-ky'], lineage: [], opens: [] },
    /“xa-ha-ky” còn hoạt động nhưng cấp trên/,
  ],
  [
    'an officer nobody knows',
    { officers: [{ officer: 'ai', unit: 'xa-ha-ky', role: 'officer', title: 'x', fields: [] }] },
    /Không có cán bộ “ai”/,
  ],
]

for (const [what, change, sentence] of OFFENCES) {
  test(`a plan with ${what} is refused with a sentence that says so, and nothing is recorded`, () => {
    const { installation, plan } = merge(change)
    const units = installation.db.prepare('SELECT count(*) FROM units').pluck().get()
    assert.match(refused('plan_does_not_hold', () => record(installation, plan)).message, sentence)
    assert.equal(installation.db.prepare('SELECT count(*) FROM units').pluck().get(), units)
  })
}

test('text that is no plan is refused, naming each field; the same decision is recorded once, by the operator', () => {
  assert.match(refused('invalid_plan', () => readPlan('{')).message, /không phải JSON/)
  assert.match(refused('invalid_plan', () => readPlan('{"on":"2024-13-01"}')).message, /document: Thiếu/)
  const { installation, plan } = merge()
  assert.deepEqual(readPlan(JSON.stringify(plan)), plan)
  refused('not_permitted', () => record(installation, plan, { officerId: null, role: 'head' }))
  const { id } = record(installation, plan)
  refused('reorganisation_exists', () => record(installation, plan))
  refused('reorganisation_not_due', () => applyReorganisation(installation, id))
})

test('a preview says how many open dossiers go where, and touches nothing', () => {
  const { installation, log, plan } = merge()
  for (const unit of ['xa-ngoc-ky', 'xa-ngoc-ky', 'xa-tai-son', 'xa-ha-ky']) log({ unit })
  assert.deepEqual(previewPlan(installation, plan).flows, [
    { from: 'xa-ngoc-ky', to: 'xa-ky-son-2024', n: 2 },
    { from: 'xa-tai-son', to: 'xa-ky-son-2024', n: 1 },
  ])
  assert.equal(catalogueOf(installation.db).unitByKey.has('xa-ky-son-2024'), false)
})

test('a renamed unit is the same unit: its new dossiers take the new code, nothing moves, both names are found', () => {
  const { installation, log, plan } = merge()
  const { key: _, kind: __, receivingShop: ___, ...version } = plan.opens[0]!
  const renamed = { ...version, name: 'Xã Ngọc Kỳ Mới', agencyCode: '000.77.35.H23', gsoCode: '11999' }
  const before = log()
  record(installation, {
    ...plan,
    closes: [],
    opens: [],
    lineage: [],
    officers: [],
    renames: [{ ...renamed, unit: 'xa-ngoc-ky' }],
  })
  installation.at('2024-12-02T09:00')
  assert.deepEqual(
    applyReorganisations(installation, '2024-12-02').map(({ moved }) => moved),
    [0],
  )
  assert.equal(log().code, '000.77.35.H23-241202-0001')
  assert.equal(findDossierById(installation.db, before.id)!.unitSince, null)
  const catalogue = catalogueOf(installation.db)
  assert.equal(findUnit(catalogue, '11999', '2024-12-01').key, 'xa-ngoc-ky')
  refused('unknown_unit', () => findUnit(catalogue, '11999', '2024-11-30'))
  assert.equal(findUnit(catalogue, '11089', '2024-12-01').key, 'xa-ngoc-ky', 'its old code still finds it')
})

test('a code that came back finds whose it was on the day', () => {
  const { installation, plan } = merge()
  record(installation, plan)
  record(installation, planOf(installation, 1))
  const catalogue = catalogueOf(installation.db)
  assert.deepEqual(
    ['2025-06-30', '2025-07-01'].map((day) => findUnit(catalogue, '11086', day).key),
    ['xa-hung-dao', 'xa-dai-son-2025'],
  )
})

test('entered late, the move stands on its day, what ended since has moved, and closed weeks keep what changed', () => {
  const { installation, log, act, plan } = merge()
  const pending = log({ at: '2024-11-28T08:00' })
  const ended = log({ at: '2024-11-28T08:10' })
  const early = log({ at: '2024-11-28T08:20' })
  act(early, 'finish', { at: '2024-11-28T08:30' })
  installation.at('2024-12-03T09:00')
  act(ended, 'finish')
  const newOne = log()
  installation.at('2024-12-09T06:00')
  closePeriod(installation, parsePeriod('2024-W49'))
  installation.at('2024-12-09T09:00')
  const { id } = record(installation, plan)
  assert.equal(applyReorganisation(installation, id).moved, 4)
  const units = [pending, ended, early, newOne].map((each) =>
    keyOf(installation, findDossierById(installation.db, each.id)!.unitId),
  )
  assert.deepEqual(units, ['xa-ky-son-2024', 'xa-ky-son-2024', 'xa-ngoc-ky', 'xa-ky-son-2024'])
  const week = (reading: 'closed' | 'current') =>
    report(installation, {
      period: parsePeriod('2024-W49'),
      by: 'unit',
      attribution: 'resolving',
      reading,
    })
      .rows.filter(({ tally: t }) => t.carriedOver + t.received > 0) // one resolved before was due in that week
      .map(({ key, tally: t }) => [
        key,
        t.carriedOver,
        t.received,
        t.transferredIn,
        t.transferredOut,
        t.ended,
        t.open,
      ])
  assert.deepEqual(week('closed'), [['xa-ngoc-ky', 2, 1, 0, 0, 1, 2]])
  assert.deepEqual(
    week('current'),
    [['xa-ky-son-2024', 2, 1, 0, 0, 1, 2]],
    'the move was on Sunday, the week before',
  )
  const sunday = report(installation, {
    period: parsePeriod('2024-W48'),
    by: 'unit',
    attribution: 'resolving',
  })
  assert.deepEqual(
    sunday.rows.map(({ key, tally }) => [key, tally.transferredIn, tally.transferredOut]),
    [
      ['xa-ky-son-2024', 2, 0],
      ['xa-ngoc-ky', 0, 2],
    ],
  )
  const kept = installation.db.prepare('SELECT count(DISTINCT event_id) FROM late_changes').pluck().get()
  assert.equal(kept, 3, 'each of them changes a closed week')
  assert.deepEqual(recountPeriod(installation, { from: '2024-11-01', to: '2024-12-09' }).differences, [])
})

test('accepted on the very day it neither came nor went', () => {
  const { installation, log, plan } = merge()
  installation.at('2024-12-02T09:00')
  log({ at: '2024-12-02T08:00' })
  const { id } = record(installation, { ...plan, on: '2024-12-02' })
  assert.equal(applyReorganisation(installation, id).moved, 1)
  const { rows } = report(installation, {
    period: parsePeriod('2024-12'),
    by: 'unit',
    attribution: 'resolving',
  })
  assert.deepEqual(
    rows.map(({ key, tally }) => [key, tally.received, tally.transferredIn]),
    [['xa-ky-son-2024', 1, 0]],
  )
})

test('entered late at the old unit or reopened there, a dossier follows in the night after', () => {
  const { installation, log, act, plan } = merge()
  const done = log({ at: '2024-11-28T08:00' })
  act(done, 'finish')
  record(installation, plan)
  installation.at('2024-12-02T00:05')
  applyReorganisations(installation, '2024-12-02')
  installation.at('2024-12-02T09:00')
  const late = log({ at: '2024-11-29T16:00' })
  assert.match(late.code!, /^000\.24\.35\.H23-241129-/, 'under the code of its day')
  act(done, 'reopen')
  installation.at('2024-12-03T00:05')
  assert.deepEqual(
    applyReorganisations(installation, '2024-12-03').map(({ moved }) => moved),
    [2],
  )
  for (const { id } of [late, done])
    assert.equal(keyOf(installation, findDossierById(installation.db, id)!.unitId), 'xa-ky-son-2024')
  assert.deepEqual(recountPeriod(installation, { from: '2024-11-01', to: '2024-12-03' }).differences, [])
})

test('submitted before the day and received after it, a dossier takes the code of the new unit; dated before, of the old', () => {
  const { installation, log, act, plan } = merge()
  installation.at('2024-11-29T16:30')
  const first = log({ act: 'submit', channel: 'online' })
  const second = log({ act: 'submit', channel: 'online' })
  record(installation, plan)
  installation.at('2024-12-02T09:00')
  applyReorganisations(installation, '2024-12-02')
  assert.match(act(first, 'accept').code!, /^000\.45\.35\.H23-241202-/)
  assert.match(act(second, 'accept', { at: '2024-11-29T16:45' }).code!, /^000\.24\.35\.H23-241129-/)
  assert.deepEqual(recountPeriod(installation, { from: '2024-11-01', to: '2024-12-02' }).differences, [])
})

test('what nobody has been given waits with its holder, and is given out as from the day of the reorganisation', () => {
  const { installation, log, act, plan } = merge({ lineage: [], coordinator: 'thi-tran-tu-ky' })
  const [waits, works] = [log(), log()]
  record(installation, plan)
  installation.at('2024-12-02T09:00')
  applyReorganisations(installation, '2024-12-02')
  act(works, 'finish')
  const holder = findDossierById(installation.db, waits.id)!
  assert.deepEqual(
    [holder.unitId, holder.holderUnitId].map((id) => keyOf(installation, id)),
    ['xa-ngoc-ky', 'thi-tran-tu-ky'],
  )
  installation.at('2024-12-05T09:00')
  const assign = (unit: string, dossiers: readonly number[], actor = OPERATOR) =>
    installation.db.transaction(() => assignUnit(installation, actor, { unit, dossiers }))()
  refused('not_a_successor', () => assign('bo-phan-mot-cua-huyen', [waits.id]))
  const clerk = catalogueOf(installation.db).officerByKey.get('thi-tran-tu-ky.mot-cua-1')!
  refused('not_permitted', () =>
    assign('xa-ky-son-2024', [waits.id], { officerId: clerk.id, role: 'counter' }),
  )
  assert.deepEqual(assign('xa-ky-son-2024', [waits.id, works.id]), { moved: 2 })
  refused('not_waiting_for_unit', () => assign('xa-ky-son-2024', [waits.id]))
  const { rows, broken } = report(installation, {
    period: parsePeriod('2024-11-25..2024-12-05'),
    by: 'unit',
    attribution: 'resolving',
  })
  assert.deepEqual(broken, [])
  assert.deepEqual(
    rows.map(({ key, tally: t }) => [key, t.received, t.transferredIn, t.transferredOut, t.ended, t.open]),
    [
      ['xa-ky-son-2024', 0, 2, 0, 1, 1],
      ['xa-ngoc-ky', 2, 0, 2, 0, 0],
    ],
  )
  assert.deepEqual(recountPeriod(installation, { from: '2024-11-01', to: '2024-12-05' }).differences, [])
})

test('a result that waits is handed over by the shop of the new unit, and counted where it was resolved', () => {
  const { installation, log, act, plan } = merge()
  const { id } = log({ at: '2024-11-28T08:00' })
  act({ id }, 'finish')
  record(installation, plan)
  installation.at('2024-12-02T09:00')
  applyReorganisations(installation, '2024-12-02')
  const { unitByKey } = catalogueOf(installation.db)
  const waitingAt = (key: string) => {
    const ask = readAsk({ view: 'result_ready' }, 'all')
    const scope = { kind: 'units', unitIds: [unitByKey.get(key)!.id], through: [] } as const
    const filter = filterOf(installation, scope, ask)
    return queueRows(installation.db, { ...ask, ...filter, limit: 10 }).map((row) => row.id)
  }
  assert.deepEqual([waitingAt('xa-ky-son-2024'), waitingAt('xa-ngoc-ky')], [[id], []])
  const returned = act({ id }, 'return_result')
  assert.equal(keyOf(installation, returned.unitId), 'xa-ngoc-ky')
})

test('the plan printed in docs/api.md is one that can be recorded', () => {
  const page = readFileSync(new URL('../../docs/api.md', import.meta.url), 'utf8')
  const text = [...page.matchAll(/```json\n([\s\S]*?)```/g)]
    .map(([, block = '']) => block)
    .find((block) => block.includes('"closes"'))
  const installation = testInstallation(BEFORE)
  record(installation, readPlan(text ?? ''))
  assert.ok(catalogueOf(installation.db).unitByKey.has('xa-lac-phuong-2024'))
})

test('entered after the weeks were closed, a reorganisation comes into their next revision', () => {
  const { installation, log, plan } = merge()
  log({ at: '2024-11-28T08:00' })
  installation.at('2024-12-09T06:00')
  const weeks = ['2024-W48', '2024-W49'].map(parsePeriod)
  for (const week of weeks) closePeriod(installation, week)
  installation.at('2024-12-09T09:00')
  applyReorganisation(installation, record(installation, plan).id)
  installation.at('2024-12-10T01:00')
  revisePeriods(installation)
  for (const period of weeks) {
    const stocks = (reading: 2 | 'current') =>
      report(installation, { period, by: 'unit', attribution: 'resolving', reading })
        .rows.map(({ key, tally: t }) => [key, t.carriedOver, t.transferredIn, t.transferredOut, t.open])
        .filter(([, ...numbers]) => numbers.some((n) => n !== 0))
    assert.deepEqual(stocks(2), stocks('current'), period.key)
    assert.ok(stocks(2).some(([key]) => key === 'xa-ky-son-2024'))
  }
})
