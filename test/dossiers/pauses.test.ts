import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pausesOf } from '../../db/queries/timeline.ts'
import { parseInstant, printInstant } from '../../src/domain/calendar/day.ts'
import { deskOf } from '../support/desk.ts'
import { refused } from '../support/refused.ts'
import { testInstallation } from '../support/test-installation.ts'
import { testProcedure } from '../support/test-procedure.ts'

/** A desk late in March 2023 that dates its acts back, and a procedure of 10 working days. */
function setting(version: Parameters<typeof testProcedure>[2] = {}) {
  const installation = testInstallation('2023-03-31T09:00')
  const procedure = testProcedure(installation, '9.000010', { limitText: '10wd', ...version })
  return { installation, procedure, ...deskOf(installation) }
}

test('E15: a supplement asked within 3 working days restarts the limit when it is complete', () => {
  const { log, act, procedure } = setting()
  const accepted = log({ procedure, at: '2023-02-06T09:00' })
  assert.equal(accepted.dueOn, '2023-02-20')
  const asked = act(accepted, 'request_supplement', { at: '2023-02-09T10:00' })
  assert.deepEqual(
    [asked.state, asked.lateSupplementRequest, asked.supplementCount],
    ['awaiting_supplement', false, 1],
  )
  const supplied = act(accepted, 'supply_supplement', { at: '2023-02-14T10:00' })
  assert.deepEqual([supplied.state, supplied.dueOn], ['processing', '2023-02-28'])
  assert.equal(supplied.firstDueAt, accepted.dueAt, 'the first due date never changes')
  assert.equal(printInstant(supplied.appointmentAt!), '2023-02-28T17:00:00+07:00', 'a new slip promises it')
})

test('E15c: with the policy "resume" the due date moves by the 4 working days paused', () => {
  const { log, act, procedure } = setting({ supplementPolicy: 'resume' })
  const accepted = log({ procedure, at: '2023-02-06T09:00' })
  act(accepted, 'request_supplement', { at: '2023-02-09T10:00' })
  assert.equal(act(accepted, 'supply_supplement', { at: '2023-02-14T10:00' }).dueOn, '2023-02-24')
})

test('E16: a tax notice from Tuesday to Friday moves the due date by 4 working days', () => {
  const { log, act, procedure, installation } = setting()
  const accepted = log({ procedure, at: '2023-03-01T09:00', fee: 50_000 })
  assert.equal(accepted.dueOn, '2023-03-15')
  assert.equal(act(accepted, 'request_payment', { at: '2023-03-07T09:00' }).state, 'awaiting_payment')
  const paid = act(accepted, 'pay', { at: '2023-03-10T09:00', feePayment: 'online' })
  assert.deepEqual(
    [paid.dueOn, paid.feePayment, paid.feePaidAt],
    ['2023-03-21', 'online', paid.lastOccurredAt],
  )
  assert.ok(installation)
})

test('E17: in civil status from 2025 the time of a verification is not counted', () => {
  const installation = testInstallation('2025-03-14T09:00')
  const { log, act } = deskOf(installation)
  const accepted = log({ procedure: '1.004873', at: '2025-03-03T09:00' })
  assert.equal(accepted.dueOn, '2025-03-06')
  assert.equal(act(accepted, 'begin_verification', { at: '2025-03-04T09:00' }).subState, 'verifying')
  const answered = act(accepted, 'end_verification', { at: '2025-03-07T09:00' })
  assert.deepEqual([answered.dueOn, answered.subState, answered.pausedSince], ['2025-03-12', null, null])
})

test('before 2025 a verification runs inside the limit, and so does a consultation', () => {
  const { log, act, procedure } = setting()
  const accepted = log({ procedure, at: '2023-03-01T09:00' })
  assert.equal(act(accepted, 'begin_verification', { at: '2023-03-02T09:00' }).pausedSince, null)
  assert.equal(act(accepted, 'end_verification', { at: '2023-03-10T09:00' }).dueOn, '2023-03-15')
  assert.equal(act(accepted, 'begin_consultation', { at: '2023-03-13T09:00' }).subState, 'consulting')
  refused('already_asked', () => act(accepted, 'begin_verification', { at: '2023-03-13T10:00' }))
  refused('already_asked', () => act(accepted, 'send_for_signature', { at: '2023-03-13T10:00' }))
  refused('nothing_asked', () => act(accepted, 'end_verification', { at: '2023-03-13T10:00' }))
  assert.equal(act(accepted, 'end_consultation', { at: '2023-03-14T09:00' }).dueOn, '2023-03-15')
  refused('nothing_asked', () => act(accepted, 'end_consultation', { at: '2023-03-14T10:00' }))
  refused('nothing_asked', () => act(accepted, 'return_from_signature', { at: '2023-03-14T10:00' }))
})

test('a supplement that never came does not restart the limit: stopped, it gives back the days it waited', () => {
  const { log, act, procedure } = setting()
  const accepted = log({ procedure, at: '2023-03-01T09:00' })
  act(accepted, 'request_supplement', { at: '2023-03-03T09:00' })
  const stopped = act(accepted, 'stop', { at: '2023-03-10T09:00' })
  assert.deepEqual([stopped.dueOn, stopped.clockStartedAt], ['2023-03-23', accepted.acceptedAt])
})

test('after a restart only the pauses since then count', () => {
  const { log, act, procedure } = setting()
  const accepted = log({ procedure, at: '2023-02-06T09:00' })
  act(accepted, 'request_supplement', { at: '2023-02-09T09:00' })
  assert.equal(act(accepted, 'supply_supplement', { at: '2023-02-10T09:00' }).dueOn, '2023-02-24')
  act(accepted, 'request_payment', { at: '2023-02-14T09:00' })
  assert.equal(act(accepted, 'pay', { at: '2023-02-15T09:00' }).dueOn, '2023-02-28')
})

test('a wait that left the clock running gives nothing back, also not at the next pause', () => {
  const { log, act, procedure } = setting()
  const accepted = log({ procedure, at: '2023-03-01T09:00' })
  act(accepted, 'begin_verification', { at: '2023-03-02T09:00' })
  act(accepted, 'end_verification', { at: '2023-03-07T09:00' })
  act(accepted, 'request_payment', { at: '2023-03-09T09:00' })
  assert.equal(act(accepted, 'pay', { at: '2023-03-10T09:00' }).dueOn, '2023-03-17')
})

test('judged by date, a pause on the due date after the due hour protects for the rest of the day it ends', () => {
  const { log, act, procedure } = setting({ mode: 'hour_exact', limitText: '2wd' })
  const accepted = log({ procedure, at: '2023-03-08T09:00' })
  assert.equal(printInstant(accepted.dueAt!), '2023-03-10T09:00:00+07:00')
  act(accepted, 'request_payment', { at: '2023-03-10T15:00' })
  const paid = act(accepted, 'pay', { at: '2023-03-13T10:00' })
  assert.equal(printInstant(paid.dueAt!), '2023-03-13T17:00:00+07:00')
  assert.equal(act(accepted, 'finish', { at: '2023-03-13T11:00' }).endClass, 'on_time')
})

test('a supplement asked after 3 working days only resumes, and is flagged', () => {
  const { log, act, procedure } = setting()
  const accepted = log({ procedure, at: '2023-03-01T09:00' })
  const asked = act(accepted, 'request_supplement', { at: '2023-03-07T09:00' })
  assert.equal(asked.lateSupplementRequest, true)
  assert.equal(act(accepted, 'supply_supplement', { at: '2023-03-10T09:00' }).dueOn, '2023-03-21')
  const onThirdDay = log({ procedure, at: '2023-03-01T09:00' })
  assert.equal(act(onThirdDay, 'request_supplement', { at: '2023-03-06T16:59' }).lateSupplementRequest, false)
})

test('a second supplement only resumes, is counted, and keeps the code', () => {
  const { log, act, procedure, installation } = setting()
  const accepted = log({ procedure, at: '2023-02-06T09:00' })
  act(accepted, 'request_supplement', { at: '2023-02-07T09:00' })
  const restarted = act(accepted, 'supply_supplement', { at: '2023-02-08T09:00' })
  assert.equal(restarted.dueOn, '2023-02-22')
  act(accepted, 'request_supplement', { at: '2023-02-09T09:00' })
  const resumed = act(accepted, 'supply_supplement', { at: '2023-02-10T09:00' })
  assert.deepEqual([resumed.dueOn, resumed.supplementCount], ['2023-02-24', 2])
  assert.equal(resumed.code, accepted.code)
  assert.deepEqual(
    pausesOf(installation.db, accepted.id).map(({ policy }) => policy),
    ['restart', 'resume'],
  )
})

test('two pauses that meet on a day count it once, and one opened and answered the same day adds none', () => {
  const { log, act, procedure } = setting()
  const accepted = log({ procedure, at: '2023-03-01T09:00' })
  act(accepted, 'request_payment', { at: '2023-03-06T08:00' })
  assert.equal(act(accepted, 'pay', { at: '2023-03-07T09:00' }).dueOn, '2023-03-17')
  act(accepted, 'request_payment', { at: '2023-03-07T10:00' })
  assert.equal(act(accepted, 'pay', { at: '2023-03-08T09:00' }).dueOn, '2023-03-20')
  act(accepted, 'request_payment', { at: '2023-03-09T10:00' })
  assert.equal(act(accepted, 'pay', { at: '2023-03-09T16:00' }).dueOn, '2023-03-20')
})

test('a payment asked during a verification gives back the days of both, each once', () => {
  const { log, act, procedure, installation } = setting({ verificationPolicy: 'resume' })
  const accepted = log({ procedure, at: '2023-03-01T09:00' })
  act(accepted, 'begin_verification', { at: '2023-03-06T09:00' })
  const asked = act(accepted, 'request_payment', { at: '2023-03-08T09:00' })
  assert.equal(asked.dueOn, '2023-03-20', 'the verification gave 6, 7 and 8 March')
  assert.equal(act(accepted, 'pay', { at: '2023-03-09T09:00' }).dueOn, '2023-03-21')
  const pauses = pausesOf(installation.db, accepted.id)
  assert.deepEqual(
    pauses.map(({ kind, toAt }) => [kind, toAt]),
    [
      ['verification', parseInstant('2023-03-08T09:00')],
      ['payment', parseInstant('2023-03-09T09:00')],
    ],
  )
})

test('a wait that leaves the clock running sets it going even where it stood for a verification', () => {
  const { log, act, procedure } = setting({ verificationPolicy: 'resume', paymentPolicy: 'no_effect' })
  const accepted = log({ procedure, at: '2023-03-01T09:00' })
  act(accepted, 'begin_verification', { at: '2023-03-06T09:00' })
  const asked = act(accepted, 'request_payment', { at: '2023-03-08T09:00' })
  assert.deepEqual([asked.pausedSince, asked.dueOn], [null, '2023-03-20'])
  assert.equal(act(accepted, 'pay', { at: '2023-03-22T09:00' }).dueOn, '2023-03-20')
  assert.equal(act(accepted, 'finish', { at: '2023-03-22T10:00' }).endClass, 'late')
})

test('a request for a supplement expires after 15 working days from 1/7/2025, and never before', () => {
  for (const [day, due] of [
    ['2025-06-30', null],
    ['2025-07-01', '2025-07-22T17:00:00+07:00'],
  ] as const) {
    const installation = testInstallation(`${day}T10:00`)
    const { log, act } = deskOf(installation)
    const dossier = log()
    act(dossier, 'request_supplement')
    const [pause] = pausesOf(installation.db, dossier.id)
    assert.equal(pause!.dueAt === null ? null : printInstant(pause!.dueAt), due)
  }
})

test('an extension moves the due date within what the law allows, and only in time', () => {
  const { log, act, procedure } = setting({ extensionDays: 3 })
  const accepted = log({ procedure, at: '2023-03-01T09:00' })
  const extended = act(accepted, 'extend', { at: '2023-03-10T09:00', days: 1 })
  assert.deepEqual([extended.dueOn, extended.extensionDays], ['2023-03-16', 1])
  assert.equal(printInstant(extended.appointmentAt!), '2023-03-16T17:00:00+07:00')
  const withPause = act(accepted, 'request_payment', { at: '2023-03-13T09:00' })
  assert.equal(act(withPause, 'pay', { at: '2023-03-14T09:00' }).dueOn, '2023-03-20', 'both are kept')
  for (const days of [0, 3, 1.5, -1]) {
    refused('extension_too_long', () => act(accepted, 'extend', { at: '2023-03-15T09:00', days }))
  }
  assert.equal(act(accepted, 'extend', { at: '2023-03-20T16:00', days: 2 }).dueOn, '2023-03-22')
  const late = log({ procedure, at: '2023-03-01T09:00' })
  refused('already_late', () => act(late, 'extend', { at: '2023-03-16T09:00', days: 1 }))
  refused('no_extension', () => act(log({ at: '2023-03-01T09:00' }), 'extend', { days: 1 }))
})

test('a restart gives the extension anew; the due date never moves back', () => {
  const { log, act, procedure } = setting({ extensionDays: 5 })
  const accepted = log({ procedure, at: '2023-03-01T09:00' })
  const extended = act(accepted, 'extend', { at: '2023-03-01T10:00', days: 5 })
  assert.equal(extended.dueOn, '2023-03-22')
  act(accepted, 'request_supplement', { at: '2023-03-02T09:00' })
  const restarted = act(accepted, 'supply_supplement', { at: '2023-03-03T09:00' })
  assert.deepEqual([restarted.dueOn, restarted.extensionDays], ['2023-03-22', 0])
})

test('limits in hours resume by the minute, and a day of extension keeps the hour', () => {
  const { log, act, procedure } = setting({ limitText: '16wh', lateness: 'minute', extensionDays: 1 })
  const accepted = log({ procedure, at: '2023-03-06T09:00' })
  assert.equal(printInstant(accepted.dueAt!), '2023-03-08T09:00:00+07:00')
  act(accepted, 'request_payment', { at: '2023-03-07T10:00' })
  const paid = act(accepted, 'pay', { at: '2023-03-07T11:30' })
  assert.equal(printInstant(paid.dueAt!), '2023-03-08T10:30:00+07:00')
  const extended = act(accepted, 'extend', { at: '2023-03-08T10:00', days: 1 })
  assert.equal(printInstant(extended.dueAt!), '2023-03-09T10:30:00+07:00')
})

test('a dossier that is not awaiting anything cannot be supplied, and one awaiting cannot be finished', () => {
  const { log, act, procedure } = setting()
  const dossier = log({ procedure, at: '2023-03-01T09:00' })
  refused('act_not_allowed', () => act(dossier, 'supply_supplement'))
  act(dossier, 'request_supplement', { at: '2023-03-02T09:00' })
  refused('act_not_allowed', () => act(dossier, 'finish'))
  refused('act_not_allowed', () => act(dossier, 'request_supplement'))
})
