import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findDossierById, type StoredDossier } from '../../db/queries/dossiers.ts'
import { type Instant, printInstant } from '../../src/domain/calendar/day.ts'
import { recountPeriod } from '../../src/reports/recount.ts'
import { deskOf } from '../support/desk.ts'
import { beforeTheSwap, closure, decisionsOf, SWAP } from '../support/new-year-2026.ts'
import { testProcedure } from '../support/test-procedure.ts'

type Version = Parameters<typeof testProcedure>[2]

/** A day at the counter of Ngọc Kỳ before the swap is known, with a procedure of its own. */
function counter(version: Version = {}) {
  const installation = beforeTheSwap()
  const procedure = testProcedure(installation, '9.000026', version)
  const desk = deskOf(installation)
  const at = (moment: string) => installation.at(moment)
  const again = ({ id }: { id: number }) => findDossierById(installation.db, id) as StoredDossier
  const log = (moment: string, intake: Parameters<typeof desk.log>[0] = {}) => {
    at(moment)
    return desk.log({ procedure, ...intake })
  }
  const act = (moment: string, ...rest: Parameters<typeof desk.act>) => {
    at(moment)
    return desk.act(...rest)
  }
  const agrees = () =>
    assert.deepEqual(recountPeriod(installation, { from: '2025-12-01', to: '2026-01-31' }).differences, [])
  return { installation, at, log, act, again, agrees, ...decisionsOf(installation) }
}

const printed = (at: Instant | null) => at && printInstant(at).slice(0, 16)

const ACCEPTED: readonly (readonly [what: string, Version, accepted: string, was: string, is: string])[] = [
  ['6 working days', { limitText: '6wd' }, '2025-12-24T09:00', '2026-01-02T17:00', '2026-01-05T17:00'],
  ['3 working days', { limitText: '3wd' }, '2025-12-31T09:00', '2026-01-06T17:00', '2026-01-07T17:00'],
  ['5 working days', { limitText: '5wd' }, '2025-12-31T09:00', '2026-01-08T17:00', '2026-01-09T17:00'],
  ['the make-up Saturday', { limitText: '6wd' }, '2025-12-31T09:00', '2026-01-09T17:00', '2026-01-10T17:00'],
  [
    'past the make-up Saturday',
    { limitText: '7wd' },
    '2025-12-31T09:00',
    '2026-01-12T17:00',
    '2026-01-12T17:00',
  ],
  ['before the day off', { limitText: '3wd' }, '2025-12-24T09:00', '2025-12-29T17:00', '2025-12-29T17:00'],
  ['9 calendar days', { limitText: '9d' }, '2025-12-24T09:00', '2026-01-02T17:00', '2026-01-05T17:00'],
  ['10 calendar days', { limitText: '10d' }, '2025-12-24T09:00', '2026-01-05T17:00', '2026-01-05T17:00'],
  ['48 hours', { limitText: '48wh' }, '2025-12-24T09:00', '2026-01-02T09:00', '2026-01-05T09:00'],
  [
    '2 days exactly',
    { limitText: '2wd', mode: 'hour_exact' },
    '2025-12-31T09:00',
    '2026-01-05T09:00',
    '2026-01-06T09:00',
  ],
  ['same day', { limitText: 'same-day' }, '2025-12-31T09:00', '2025-12-31T17:00', '2025-12-31T17:00'],
  [
    'same day after the cut-off',
    { limitText: 'same-day', cutoffMinute: 900 },
    '2025-12-31T15:10',
    '2026-01-02T17:00',
    '2026-01-05T17:00',
  ],
]

for (const [what, version, accepted, was, is] of ACCEPTED) {
  test(`${what}, accepted ${accepted}: due ${was}, after the swap ${is}`, async () => {
    const { log, at, again, record, agrees } = counter(version)
    const dossier = log(accepted)
    assert.equal(printed(dossier.dueAt), was)
    at('2025-12-31T16:00')
    await record(SWAP)
    const now = again(dossier)
    assert.deepEqual([printed(now.dueAt), printed(now.appointmentAt)], [is, is])
    assert.equal(now.firstDueAt, dossier.firstDueAt, 'the first date never changes')
    assert.equal(now.version, was === is ? 1 : 2)
    agrees()
  })
}

test('a dossier that stands goes on under the new calendar, from the date the new calendar gives', async () => {
  const { log, act, at, again, record, agrees } = counter({ limitText: '6wd' })
  const dossier = log('2025-12-24T09:00')
  act('2025-12-26T09:00', dossier, 'request_payment')
  at('2025-12-29T09:00')
  await record(SWAP)
  assert.equal(again(dossier).dueOn, '2026-01-05')
  assert.equal(
    act('2025-12-30T09:00', dossier, 'pay').dueOn,
    '2026-01-08',
    '26, 29 and 30 December are given back',
  )
  agrees()
})

test('a restarted limit is reckoned from its restart, an extension is kept on top', async () => {
  const restarted = counter({ limitText: '6wd' })
  const dossier = restarted.log('2025-12-22T09:00')
  restarted.act('2025-12-23T09:00', dossier, 'request_supplement')
  restarted.act('2025-12-24T09:00', dossier, 'supply_supplement')
  assert.equal(restarted.again(dossier).dueOn, '2026-01-02')
  await restarted.record(SWAP)
  assert.equal(restarted.again(dossier).dueOn, '2026-01-05')

  const extended = counter({ limitText: '4wd', extensionDays: 3 })
  const longer = extended.log('2025-12-24T09:00')
  assert.equal(extended.act('2025-12-26T09:00', longer, 'extend', { days: 2 }).dueOn, '2026-01-02')
  await extended.record(SWAP)
  assert.equal(extended.again(longer).dueOn, '2026-01-05')
})

test('a later appointment is kept, an earlier one moves with the due date', async () => {
  const { log, act, again, record } = counter({ limitText: '6wd' })
  const later = log('2025-12-24T09:00')
  act('2025-12-26T09:00', later, 'apologise', { appointmentAt: '2026-01-06T17:00' })
  await record(SWAP)
  assert.deepEqual(
    [again(later).dueOn, printed(again(later).appointmentAt)],
    ['2026-01-05', '2026-01-06T17:00'],
  )
})

test('due on the day off itself and found out the day after: in time again, and the due day stays counted', async () => {
  const { installation, log, at, again, record, agrees } = counter({ limitText: '6wd' })
  const dossier = log('2025-12-24T09:00')
  at('2026-01-03T09:00')
  await record(SWAP)
  const now = again(dossier)
  assert.deepEqual([now.dueOn, now.lateOn], ['2026-01-05', null])
  assert.deepEqual(installation.db.prepare('SELECT from_on, to_on FROM overdue_spells').all(), [
    { from_on: '2026-01-03', to_on: '2026-01-03' },
  ])
  agrees()
})

test('two days closed by a storm, recorded on the third: the day counted overdue stays counted, then it ends', async () => {
  const { installation, log, act, at, again, record, agrees } = counter({ limitText: '2wd' })
  const dossier = log('2025-12-25T09:00')
  assert.equal(dossier.dueOn, '2025-12-29')
  at('2025-12-31T09:00')
  await record(closure('xa-ngoc-ky', '2025-12-29', '2025-12-30'))
  assert.deepEqual([again(dossier).dueOn, again(dossier).lateOn], ['2025-12-31', null])
  assert.deepEqual(installation.db.prepare('SELECT from_on, to_on FROM overdue_spells').all(), [
    { from_on: '2025-12-30', to_on: '2025-12-31' },
  ])
  agrees()
  assert.equal(act('2025-12-31T10:00', dossier, 'finish').endClass, 'on_time')
  agrees()
})

test('a new date that has passed too moves the date and leaves the dossier late, since the same day', async () => {
  const { log, at, again, record, agrees } = counter({ limitText: '2wd' })
  const dossier = log('2025-12-24T09:00')
  assert.equal(dossier.dueOn, '2025-12-26')
  at('2025-12-31T09:00')
  await record(closure('xa-ngoc-ky', '2025-12-26'))
  assert.deepEqual([again(dossier).dueOn, again(dossier).lateOn], ['2025-12-29', '2025-12-27'])
  agrees()
})

test('late from an earlier run of its clock, a dossier stays late', async () => {
  const { log, act, at, again, record, agrees } = counter({ limitText: '3wd' })
  const dossier = log('2025-12-22T09:00')
  act('2025-12-26T09:00', dossier, 'request_supplement')
  act('2025-12-30T09:00', dossier, 'supply_supplement')
  const { lateOn, dueOn } = again(dossier)
  assert.equal(lateOn, '2025-12-26')
  at('2025-12-30T10:00')
  await record(closure('xa-ngoc-ky', '2025-12-31'))
  assert.ok(again(dossier).dueOn! >= dueOn!)
  assert.equal(again(dossier).lateOn, '2025-12-26')
  agrees()
})

test('the eight hours of a submission move while they run, and stay out once they have run out', async () => {
  const { log, at, again, record, agrees } = counter()
  const submit = { act: 'submit', channel: 'online' } as const
  const out = log('2025-12-26T09:00', submit)
  const runs = log('2025-12-31T16:00', submit)
  assert.equal(printed(runs.receivingDueAt), '2026-01-02T16:00')
  at('2025-12-31T16:30')
  await record(SWAP)
  assert.equal(printed(again(runs).receivingDueAt), '2026-01-05T16:00')
  assert.equal(again(out).receivingDueAt, out.receivingDueAt)
  agrees()
})

test('the transfer, a running step and the expiry of a supplement request move as well', async () => {
  const { installation, log, act, at, again, record, undo } = counter({ limitText: '20wd' })
  const late = log('2025-12-31T15:30')
  assert.equal(printed(late.transferDueAt), '2026-01-02T07:30')
  const { db } = installation
  db.prepare(
    `INSERT INTO dossier_steps (dossier_id, position, name, actor, limit_text, started_at, due_at) VALUES (?, 1, 'Thẩm định', 'xa', '8wh', ?, ?)`,
  ).run(late.id, at('2025-12-31T15:30'), at('2026-01-02T15:30'))
  const asked = log('2025-12-22T09:00')
  act('2025-12-23T09:00', asked, 'request_supplement')
  const expiry = () =>
    db.prepare('SELECT due_at FROM pauses WHERE dossier_id = ?').pluck().get(asked.id) as number
  const step = () => db.prepare('SELECT due_at FROM dossier_steps').pluck().get() as number
  assert.equal(printed(expiry()), '2026-01-14T17:00')
  at('2025-12-31T16:00')
  const before = [again(late).transferDueAt, step(), expiry()]
  // Without a make-up day the 15 working days of the supplement end a day later.
  const { id } = await record({
    ...SWAP,
    days: [{ change: 'off', date: '2026-01-02', kind: 'swap_off', name: 'Nghỉ' }],
  })
  assert.deepEqual(
    [printed(again(late).transferDueAt), printed(step()), printed(expiry())],
    ['2026-01-05T07:30', '2026-01-05T15:30', '2026-01-15T17:00'],
  )
  await undo(id)
  assert.deepEqual([again(late).transferDueAt, step(), expiry()], before)
})

test('a make-up day brings no promise forward, unless the setting says so', async () => {
  const makeUp = { ...SWAP, days: [{ change: 'make_up', date: '2026-01-10' }] } as const
  const kept = counter({ limitText: '7wd' })
  const promised = kept.log('2025-12-31T09:00')
  assert.equal(promised.dueOn, '2026-01-12')
  await kept.record({ ...makeUp, days: [...makeUp.days] })
  assert.equal(kept.again(promised).dueOn, '2026-01-12')

  const shorter = counter({ limitText: '7wd' })
  shorter.installation.db.exec(`INSERT INTO settings VALUES ('calendar_may_shorten', 'true')`)
  const dossier = shorter.log('2025-12-31T09:00')
  await shorter.record({ ...makeUp, days: [...makeUp.days] })
  assert.equal(shorter.again(dossier).dueOn, '2026-01-10')
})

test('a promise for a day that is closed now is for the next working day (art. 148.5)', async () => {
  const { installation, log, at, again, record, undo } = counter({ limitText: '6wd' })
  const dossier = log('2025-12-31T09:00')
  at('2025-12-31T10:00')
  const { id } = await record(SWAP)
  assert.equal(again(dossier).dueOn, '2026-01-10')
  const newcomer = log('2025-12-31T10:30')
  assert.equal(newcomer.dueOn, '2026-01-10')
  at('2025-12-31T11:00')
  await undo(id)
  assert.equal(again(dossier).dueOn, '2026-01-09', 'moved by the decision: it goes back')
  assert.equal(again(newcomer).dueOn, '2026-01-12', 'promised under it: never earlier, nor on a closed day')
  const move = installation.db.prepare('SELECT undo FROM calendar_moves WHERE dossier_id = ?')
  assert.deepEqual([move.pluck().get(dossier.id), move.get(newcomer.id)], ['undone', 'left'])
})
