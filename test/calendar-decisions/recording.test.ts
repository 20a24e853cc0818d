import assert from 'node:assert/strict'
import { test } from 'node:test'
import { groupCommit, type Writer } from '../../db/group-commit.ts'
import { openDatabase } from '../../db/open.ts'
import { findDossierById } from '../../db/queries/dossiers.ts'
import { tallyRows } from '../../db/queries/tallies.ts'
import type { DayChange, DecisionInput } from '../../src/calendar-decisions/decision-input.ts'
import { previewDecision } from '../../src/calendar-decisions/preview-decision.ts'
import { recordDecision } from '../../src/calendar-decisions/record-decision.ts'
import { showDecision } from '../../src/calendar-decisions/show-decision.ts'
import { undoDecision } from '../../src/calendar-decisions/undo-decision.ts'
import { catalogueOf } from '../../src/catalogue/catalogue.ts'
import { SYSTEM_ACTOR } from '../../src/deps.ts'
import { dayRule } from '../../src/domain/calendar/calendar.ts'
import { parsePeriod } from '../../src/domain/calendar/periods.ts'
import { projectedYear } from '../../src/domain/calendar/projected-year.ts'
import { type RefusalCode, RuleError } from '../../src/domain/refusals.ts'
import { closePeriod } from '../../src/reports/close-period.ts'
import { recountPeriod } from '../../src/reports/recount.ts'
import { COUNTER, deskOf } from '../support/desk.ts'
import { beforeTheSwap, closure, decisionsOf, SWAP } from '../support/new-year-2026.ts'
import { tempInstallation } from '../support/temp-installation.ts'
import { testProcedure } from '../support/test-procedure.ts'

const decision = (...days: DayChange[]): DecisionInput => ({ ...SWAP, days })

async function refusedWith(code: RefusalCode, work: Promise<unknown>): Promise<void> {
  await assert.rejects(
    work,
    (error) => error instanceof RuleError && error.code === code && !/\{\w+\}/.test(error.message),
  )
}

test('a decision that cannot be meant is refused in words, and nothing is written', async () => {
  const installation = beforeTheSwap('2025-12-31T09:00')
  closePeriod(installation, parsePeriod('2025-W52'))
  const { record } = decisionsOf(installation)
  const refused: readonly (readonly [RefusalCode, DayChange[]])[] = [
    ['decision_incomplete', []],
    ['decision_incomplete', [{ change: 'off', date: '2026-01-05' }]],
    ['decision_incomplete', [{ change: 'swap', date: '2026-01-05' }]],
    ['decision_incomplete', [{ change: 'closure', date: '2026-01-05', name: 'Bão' }]],
    ['calendar_day_twice', [{ change: 'swap', date: '2026-01-10', makeUpOn: '2026-01-10' }]],
    [
      'calendar_day_twice',
      [
        { change: 'off', date: '2026-01-05', name: 'Nghỉ' },
        { change: 'make_up', date: '2026-01-05' },
      ],
    ],
    ['calendar_day_taken', [{ change: 'off', date: '2026-01-01', name: 'Nghỉ' }]],
    ['calendar_day_already_off', [{ change: 'off', date: '2026-01-03', kind: 'swap_off', name: 'Nghỉ' }]],
    [
      'calendar_day_already_off',
      [{ change: 'closure', date: '2026-01-01', unit: 'xa-ngoc-ky', name: 'Bão' }],
    ],
    ['make_up_on_working_day', [{ change: 'make_up', date: '2026-01-05' }]],
    ['calendar_day_ordinary', [{ change: 'ordinary', date: '2026-01-05' }]],
    ['calendar_year_missing', [{ change: 'off', date: '2040-01-05', name: 'Nghỉ' }]],
    ['unknown_unit', [{ change: 'closure', date: '2026-01-05', unit: 'khong-co', name: 'Bão' }]],
  ]
  const changes = () => installation.db.prepare('SELECT total_changes()').pluck().get()
  const before = changes()
  for (const [code, days] of refused) await refusedWith(code, record(decision(...days)))
  await refusedWith('calendar_year_not_next', record({ ...SWAP, decidesYear: 2030 }))
  await refusedWith('calendar_year_incomplete', record({ ...SWAP, decidesYear: 2027 }))
  await refusedWith('not_permitted', previewDecision(installation, COUNTER, SWAP))
  assert.equal(changes(), before)
  await record(SWAP)
  await refusedWith(
    'duplicate_decision',
    record({ ...SWAP, days: [{ change: 'off', date: '2026-01-05', name: 'Nghỉ' }] }),
  )
})

test('a head closes the unit they head; days of others and of the country are for those above', async () => {
  const installation = beforeTheSwap('2025-12-29T09:00')
  const writer = groupCommit(installation.db)
  const officerId = installation.db
    .prepare(`SELECT id FROM officers WHERE key = 'xa-ngoc-ky.chu-tich'`)
    .pluck()
    .get() as number
  const head = { officerId, role: 'head' } as const
  const record = (input: DecisionInput) => recordDecision(installation, writer, head, input)
  await refusedWith('decision_of_own_unit', record(SWAP))
  await assert.rejects(record(closure('xa-van-to', '2026-01-05')), RuleError)
  const { value } = await record(closure('xa-ngoc-ky', '2026-01-05'))
  await undoDecision(installation, writer, head, value.id)
})

test('the notice of a year decides it: its days count as decided, others expected are ordinary', async () => {
  const installation = beforeTheSwap()
  const calendar = () => catalogueOf(installation.db).calendar(null)
  const { record, undo } = decisionsOf(installation)
  const { provisional } = dayRule(calendar(), '2027-02-10')
  assert.deepEqual([calendar().decidedThrough, provisional], [2026, true])
  const days = projectedYear(2027)
    .filter(({ date }) => date !== '2027-02-10')
    .map(({ date, kind, name }): DayChange => ({ change: 'off', date, kind: kind as 'holiday', name }))
  const input = {
    title: 'Lịch 2027',
    document: 'Thông báo 1',
    documentOn: '2026-11-01',
    days,
    decidesYear: 2027,
  }
  const { id } = await record(input)
  assert.equal(calendar().decidedThrough, 2027)
  assert.deepEqual(
    [dayRule(calendar(), '2027-02-10').working, dayRule(calendar(), '2027-02-08').provisional],
    [true, undefined],
  )
  assert.equal(dayRule(calendar(), '2027-02-08').document, 'Thông báo 1 ngày 01/11/2026')
  await undo(id)
  assert.deepEqual([calendar().decidedThrough, dayRule(calendar(), '2027-02-10').provisional], [2026, true])
})

test('a storm recorded after its week was closed clears the lateness from then on, and the week stays as it was', async () => {
  const installation = beforeTheSwap('2025-12-24T09:00')
  const { db } = installation
  const procedure = testProcedure(installation, '9.000028', { limitText: '2wd' })
  const { id } = deskOf(installation).log({ procedure })
  installation.at('2025-12-29T09:00')
  closePeriod(installation, parsePeriod('2025-W52'))
  const week = () => db.prepare(`SELECT figures, breakdown FROM snapshots`).all()
  const asClosed = week()
  const overdueOn = (to: string) =>
    tallyRows(db, { from: to, to, grain: 'all', attribution: 'resolving', unitIds: null })[0]?.tally
      .openOverdue
  assert.deepEqual([findDossierById(db, id)!.dueOn, overdueOn('2025-12-28')], ['2025-12-26', 1])
  await decisionsOf(installation).record(closure('xa-ngoc-ky', '2025-12-26'))
  const { dueOn, lateOn } = findDossierById(db, id)!
  assert.deepEqual([dueOn, lateOn], ['2025-12-29', null])
  assert.deepEqual([overdueOn('2025-12-28'), overdueOn('2025-12-29')], [1, 0])
  assert.deepEqual(week(), asClosed)
  assert.equal(db.prepare('SELECT count(*) FROM late_changes').pluck().get(), 0)
  assert.deepEqual(recountPeriod(installation, { from: '2025-12-01', to: '2025-12-31' }).differences, [])
})

test('no day of a closed period changes, whatever a decision clears or its undoing gives back', async () => {
  const installation = beforeTheSwap('2025-12-25T09:00')
  const { db } = installation
  const procedure = testProcedure(installation, '9.000027', { limitText: '2wd' })
  const { log } = deskOf(installation)
  const [early, due] = [log({ procedure, at: '2025-12-22T09:00' }), log({ procedure })]
  installation.at('2025-12-31T09:00')
  closePeriod(installation, parsePeriod('2025-W52'))
  const { record, undo } = decisionsOf(installation)
  const { id } = await record(closure('xa-ngoc-ky', '2025-12-29', '2025-12-30'))
  const row = (id: number) => findDossierById(db, id)!
  assert.deepEqual([row(due.id).dueOn, row(due.id).lateOn], ['2025-12-31', null])
  assert.equal(row(early.id).dueOn, '2025-12-24', 'due before the closed days: not concerned')
  installation.at('2026-01-05T09:00')
  closePeriod(installation, parsePeriod('2026-W01'))
  await undo(id)
  assert.equal(
    row(due.id).dueOn,
    '2025-12-31',
    'its old date has passed: giving it back would restate closed days',
  )
  assert.equal(showDecision(installation, id, { limit: 9, seen: null }).moves[0]?.leftWhy, 'past')
  assert.equal(db.prepare('SELECT count(*) FROM late_changes').pluck().get(), 0)
  assert.deepEqual(recountPeriod(installation, { from: '2025-12-01', to: '2026-01-31' }).differences, [])
})

test('what happens to dossiers while a decision is worked out is worked out anew within the write', async () => {
  const installation = beforeTheSwap('2025-12-31T09:00')
  const { log, act } = deskOf(installation)
  const [stays, ends, pauses] = [log(), log(), log()]
  const writer = groupCommit(installation.db)
  let during = { id: 0 }
  const meanwhile: Writer = {
    ...writer,
    write(work) {
      act(ends, 'finish')
      act(pauses, 'request_payment')
      during = log()
      return writer.write(work)
    },
  }
  const { value } = await recordDecision(installation, meanwhile, SYSTEM_ACTOR, SWAP)
  const dueOn = (id: number) => findDossierById(installation.db, id)!.dueOn
  assert.deepEqual(
    [stays, ends, pauses, during].map(({ id }) => dueOn(id)),
    ['2026-01-07', '2026-01-06', '2026-01-07', '2026-01-07'],
  )
  assert.equal(value.moved, 3)
  assert.deepEqual(recountPeriod(installation, { from: '2025-12-01', to: '2026-01-31' }).differences, [])
})

test('dossiers are logged while a decision is worked out, and a change of the catalogue makes it begin anew', async () => {
  const installation = beforeTheSwap('2025-12-31T09:00')
  const { log } = deskOf(installation)
  for (let i = 0; i < 450; i++) log()
  const writer = groupCommit(installation.db)
  const recording = recordDecision(installation, writer, SYSTEM_ACTOR, SWAP)
  const logged = await writer.write(() => log())
  assert.equal(logged.dueOn, '2026-01-06', 'logged before the decision was written')
  testProcedure(installation, '9.000028')
  const { value } = await recording
  assert.equal(value.moved, 451)
  assert.equal(findDossierById(installation.db, logged.id)!.dueOn, '2026-01-07')
})

test('a plan looked at is recorded only as it was looked at', async () => {
  const installation = beforeTheSwap('2025-12-31T09:00')
  const { log } = deskOf(installation)
  log()
  const writer = groupCommit(installation.db)
  const seen = await previewDecision(installation, SYSTEM_ACTOR, SWAP)
  assert.deepEqual([seen.totals.moved, seen.totals.kept], [1, 0])
  log()
  const previewed = seen.fingerprint
  await refusedWith('effect_changed', recordDecision(installation, writer, SYSTEM_ACTOR, SWAP, { previewed }))
  const again = await previewDecision(installation, SYSTEM_ACTOR, SWAP)
  await recordDecision(installation, writer, SYSTEM_ACTOR, SWAP, { previewed: again.fingerprint })
})

test('the preview lists promises kept and appointments on a day that is closed now, results that wait included', async () => {
  const installation = beforeTheSwap('2025-12-31T09:00')
  const [long, early] = [
    testProcedure(installation, '9.000029', { limitText: '7wd' }),
    testProcedure(installation, '9.000030', { limitText: '6wd' }),
  ]
  const { log, act } = deskOf(installation)
  const keeps = log({ procedure: long })
  const ready = log({ procedure: early, at: '2025-12-24T09:00' })
  act(ready, 'finish')
  const days = [
    { change: 'make_up', date: '2026-01-10' },
    { change: 'off', date: '2026-01-02', kind: 'swap_off', name: 'Nghỉ' },
  ] as const
  const makeUp = await previewDecision(installation, SYSTEM_ACTOR, decision(days[0]))
  assert.deepEqual(
    makeUp.lines.map(({ effect, dossierId }) => [effect, dossierId]),
    [['kept', keeps.id]],
  )
  const off = await previewDecision(installation, SYSTEM_ACTOR, decision(days[1]))
  assert.deepEqual(
    off.lines.map(({ effect, dossierId }) => [effect, dossierId]),
    [
      ['moved', keeps.id],
      ['appointment', ready.id],
    ],
  )
})

test('who was promised the day that is closed now is told, also where the promise moves by itself', async () => {
  const installation = beforeTheSwap('2025-12-31T09:00')
  const day = testProcedure(installation, '9.000031', { limitText: '1wd' })
  const promised = deskOf(installation).log({ procedure: day })
  const { lines } = await previewDecision(installation, SYSTEM_ACTOR, closure('xa-ngoc-ky', '2026-01-02'))
  assert.deepEqual(
    lines.map(({ effect, dossierId, from, to }) => [effect, dossierId, to > from]),
    [
      ['moved', promised.id, true],
      ['appointment', promised.id, true],
    ],
  )
})

test('a later decision on the same day has to be undone first', async () => {
  const installation = beforeTheSwap()
  const { record, undo } = decisionsOf(installation)
  const first = await record(SWAP)
  const second = await record({
    ...SWAP,
    document: 'Công văn 2',
    days: [{ change: 'ordinary', date: '2026-01-10' }],
  })
  await refusedWith('calendar_changed_since', undo(first.id))
  await undo(second.id)
  await undo(first.id)
  await refusedWith('already_undone', undo(first.id))
  await record(SWAP)
})

test('other connections see the new calendar at once', async () => {
  const installation = tempInstallation('2025-12-24T08:00')
  try {
    const other = openDatabase(installation.config.databaseFile, { busyTimeoutMs: 5000 })
    const works = () => dayRule(catalogueOf(other).calendar(null), '2026-01-05').working
    assert.equal(works(), true)
    await decisionsOf(installation).record(decision({ change: 'off', date: '2026-01-05', name: 'Nghỉ' }))
    assert.equal(works(), false)
    other.close()
  } finally {
    installation.close()
  }
})
