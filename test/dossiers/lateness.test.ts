import assert from 'node:assert/strict'
import { test } from 'node:test'
import { catalogueOf } from '../../src/catalogue/catalogue.ts'
import { overdueWorkingDays } from '../../src/domain/deadlines/deadline.ts'
import { deskOf } from '../support/desk.ts'
import { refused } from '../support/refused.ts'
import { testInstallation } from '../support/test-installation.ts'
import { testProcedure } from '../support/test-procedure.ts'

function setting(version: Parameters<typeof testProcedure>[2] = {}) {
  const installation = testInstallation('2023-05-31T09:00')
  const procedure = testProcedure(installation, '9.000003', version)
  return { installation, procedure, ...deskOf(installation) }
}

test('E18: after an apology with a new date, a result before that date is still late', () => {
  const { installation, log, act } = setting()
  const dossier = log({ at: '2023-03-10T09:00' })
  assert.equal(dossier.dueOn, '2023-03-15')
  const apology = act(dossier, 'apologise', { at: '2023-03-14T09:00', appointmentAt: '2023-03-20T17:00' })
  assert.deepEqual([apology.dueOn, apology.apologyInTime, apology.reappointed], ['2023-03-15', true, true])
  const finished = act(dossier, 'finish', { at: '2023-03-17T09:00' })
  assert.deepEqual([finished.endClass, finished.lateOn, finished.dueOn], ['late', '2023-03-16', '2023-03-15'])
  const calendar = catalogueOf(installation.db).calendar(null)
  assert.equal(overdueWorkingDays(calendar, finished.dueOn!, finished.endedOn!), 2)
})

test('E19, E20: an apology is in time until the last working day before the due date', () => {
  const { log, act } = setting()
  const apology = (accepted: string, at: string) => {
    const dossier = log({ at: accepted })
    const { dueOn, apologyInTime } = act(dossier, 'apologise', { at, appointmentAt: '2023-05-31T17:00' })
    return [dueOn, apologyInTime]
  }
  assert.deepEqual(apology('2023-03-22T09:00', '2023-03-24T16:59'), ['2023-03-27', true])
  assert.deepEqual(apology('2023-03-22T09:00', '2023-03-25T09:00'), ['2023-03-27', false])
  assert.deepEqual(apology('2023-04-26T09:00', '2023-04-28T09:00'), ['2023-05-04', true])
  assert.deepEqual(apology('2023-04-26T09:00', '2023-05-03T09:00'), ['2023-05-04', false])
})

test('an apology for a dossier already late is not in time, although a supplement has moved its due date', () => {
  const { log, act } = setting()
  const dossier = log({ at: '2023-03-06T09:00' })
  act(dossier, 'request_supplement', { at: '2023-03-10T09:00' })
  const moved = act(dossier, 'supply_supplement', { at: '2023-03-14T09:00' })
  assert.ok(moved.dueOn! > '2023-03-10')
  const apology = act(dossier, 'apologise', { at: '2023-03-14T10:00', appointmentAt: '2023-03-31T17:00' })
  assert.deepEqual([apology.lateOn, apology.apologyInTime], ['2023-03-10', false])
})

test('one re-appointment only, after the due date and after now', () => {
  const { log, act } = setting()
  const dossier = log({ at: '2023-03-10T09:00' })
  const apologise = (appointmentAt: string) =>
    act(dossier, 'apologise', { at: '2023-03-14T09:00', appointmentAt })
  refused('appointment_too_early', () => apologise('2023-03-15T17:00'))
  refused('appointment_too_early', () => act(dossier, 'apologise', { at: '2023-03-14T09:00' }))
  refused('appointment_too_early', () =>
    act(dossier, 'apologise', { at: '2023-03-20T09:00', appointmentAt: '2023-03-20T08:00' }),
  )
  apologise('2023-03-20T17:00')
  refused('already_reappointed', () => apologise('2023-03-22T17:00'))
})

test('E26: a result at 17:45 of the due date is on time by date and late by the minute', () => {
  const { log, act, procedure } = setting({ lateness: 'minute' })
  const byDate = log({ at: '2023-03-07T09:00' })
  assert.equal(act(byDate, 'finish', { at: '2023-03-10T17:45' }).endClass, 'on_time')
  const byMinute = log({ procedure, at: '2023-03-07T09:00' })
  assert.equal(act(byMinute, 'finish', { at: '2023-03-10T17:45' }).endClass, 'late')
  const withinTheMinute = log({ procedure, at: '2023-03-07T09:00' })
  assert.equal(act(withinTheMinute, 'finish', { at: '2023-03-10T17:00:59' }).endClass, 'on_time')
})

test('judged by the minute, a pause after the due minute comes too late', () => {
  const { log, act, procedure } = setting({ lateness: 'minute', extensionDays: 2 })
  const dossier = log({ procedure, at: '2023-03-07T09:00' })
  refused('already_late', () => act(dossier, 'extend', { at: '2023-03-10T17:30', days: 1 }))
  assert.equal(act(dossier, 'request_payment', { at: '2023-03-10T17:30' }).lateOn, '2023-03-11')
  act(dossier, 'pay', { at: '2023-03-13T09:00' })
  assert.equal(act(dossier, 'finish', { at: '2023-03-13T10:00' }).endClass, 'late')
})

test('early before the due date, on time on it, late the day after, even if that is a Saturday', () => {
  const { log, act } = setting()
  const ended = (at: string) => act(log({ at: '2023-03-07T09:00' }), 'finish', { at }).endClass
  assert.deepEqual(
    ['2023-03-09T23:59', '2023-03-10T00:00', '2023-03-10T23:59', '2023-03-11T00:00'].map(ended),
    ['early', 'on_time', 'on_time', 'late'],
  )
})

test('a refusal on the merits is judged like any result', () => {
  const { log, act } = setting()
  const dossier = log({ at: '2023-03-07T09:00' })
  refused('outcome_required', () =>
    act(dossier, 'finish', { outcome: undefined, at: '2023-03-13T09:00' } as object),
  )
  const refusal = act(dossier, 'finish', {
    outcome: 'refused',
    at: '2023-03-13T09:00',
    overdueReason: 'staff_overload',
  })
  assert.deepEqual(
    [refusal.state, refusal.endKind, refusal.endClass, refusal.overdueReason],
    ['result_ready', 'result', 'late', 'staff_overload'],
  )
})

test('a late dossier stays late, whether the limit restarts or resumes', () => {
  for (const supplementPolicy of ['restart', 'resume'] as const) {
    const { log, act, procedure } = setting({ supplementPolicy, limitText: '1wd' })
    const dossier = log({ procedure, at: '2023-03-06T09:00' })
    const asked = act(dossier, 'request_supplement', { at: '2023-03-09T09:00' })
    assert.equal(asked.lateOn, '2023-03-08')
    const supplied = act(dossier, 'supply_supplement', { at: '2023-03-10T09:00' })
    assert.ok(supplied.dueOn! > '2023-03-08', 'the due date moves')
    const finished = act(dossier, 'finish', { at: '2023-03-10T10:00' })
    assert.deepEqual([finished.endClass, finished.lateOn], ['late', '2023-03-08'])
  }
})

test('a pause begun on the due date itself protects', () => {
  const { log, act } = setting()
  const dossier = log({ at: '2023-03-07T09:00' })
  assert.equal(act(dossier, 'request_payment', { at: '2023-03-10T16:00' }).lateOn, null)
  const paid = act(dossier, 'pay', { at: '2023-03-14T09:00' })
  assert.equal(paid.dueOn, '2023-03-15', '10, 13 and 14 March are given back')
  assert.equal(act(dossier, 'finish', { at: '2023-03-15T09:00' }).endClass, 'on_time')
})

test('ended while paused, the days of the pause are given back first', () => {
  const { log, act, procedure } = setting({ verificationPolicy: 'resume' })
  const dossier = log({ procedure, at: '2023-03-07T09:00' })
  act(dossier, 'begin_verification', { at: '2023-03-09T09:00' })
  const finished = act(dossier, 'finish', { at: '2023-03-14T09:00' })
  assert.deepEqual([finished.dueOn, finished.endClass, finished.pausedSince], ['2023-03-16', 'early', null])
})

test('withdrawn by the due date it is in time, after it late; before acceptance it is in no class', () => {
  const { installation, log, act } = setting()
  const withdrawn = (at: string) => act(log({ at: '2023-03-07T09:00' }), 'withdraw', { at })
  const inTime = withdrawn('2023-03-10T16:00')
  assert.deepEqual([inTime.state, inTime.endKind, inTime.endClass], ['withdrawn', 'withdrawn', 'on_time'])
  assert.equal(withdrawn('2023-03-11T08:00').endClass, 'late')
  const submitted = log({ act: 'submit', channel: 'online', at: '2023-03-07T09:00' })
  const before = act(submitted, 'withdraw', { at: '2023-03-07T10:00' })
  assert.deepEqual(
    [before.state, before.endedOn, before.endClass, before.code],
    ['withdrawn', null, null, null],
  )
  refused('never_accepted', () => act(submitted, 'reopen'))
  assert.ok(installation)
})

test('a result that is ready cannot be withdrawn', () => {
  const { log, act } = setting()
  const dossier = log({ at: '2023-03-07T09:00' })
  act(dossier, 'finish', { at: '2023-03-08T09:00' })
  refused('act_not_allowed', () => act(dossier, 'withdraw'))
})

test('a supplement that never came is stopped in time, unless the dossier was late before it was asked for', () => {
  const { log, act } = setting()
  const inTime = log({ at: '2023-03-07T09:00' })
  act(inTime, 'request_supplement', { at: '2023-03-10T09:00' })
  const stopped = act(inTime, 'stop', { at: '2023-04-10T09:00' })
  assert.deepEqual([stopped.state, stopped.endKind, stopped.endClass], ['stopped', 'stopped', 'early'])
  const late = log({ at: '2023-03-07T09:00' })
  act(late, 'request_supplement', { at: '2023-03-13T09:00' })
  assert.equal(act(late, 'stop', { at: '2023-04-10T09:00' }).endClass, 'late')
})

test('reopened, the clock is taken never to have stopped', () => {
  const { log, act } = setting()
  const dossier = log({ at: '2023-03-07T09:00' })
  act(dossier, 'finish', { at: '2023-03-08T09:00' })
  act(dossier, 'return_result', { at: '2023-03-08T10:00', returnMode: 'postal' })
  const reopened = act(dossier, 'reopen', { at: '2023-03-13T09:00' })
  assert.deepEqual([reopened.state, reopened.endedOn, reopened.outcome], ['processing', null, null])
  assert.deepEqual([reopened.returnedAt, reopened.returnedMode], [null, null])
  const finished = act(dossier, 'finish', { at: '2023-03-13T10:00' })
  assert.deepEqual([finished.endClass, finished.lateOn], ['late', '2023-03-11'])
})

test('a note made after the due date does not make late a result dated back to a day in time', () => {
  const { log, act } = setting()
  const dossier = log({ at: '2023-03-07T09:00' })
  act(dossier, 'amend', { at: '2023-03-20T09:00', digitised: true })
  const finished = act(dossier, 'finish', { at: '2023-03-09T09:00' })
  assert.deepEqual([finished.endClass, finished.lateOn], ['early', null])
})

test('a voided dossier keeps its number and waits for nothing', () => {
  const { installation, log, act } = setting()
  const dossier = log({ at: '2023-03-07T09:00' })
  act(dossier, 'request_supplement', { at: '2023-03-08T09:00' })
  const voided = act(dossier, 'void')
  assert.deepEqual([voided.state, voided.code, voided.pausedSince], ['voided', dossier.code, null])
  const open = installation.db.prepare('SELECT count(*) AS n FROM pauses WHERE to_at IS NULL').get()
  assert.deepEqual(open, { n: 0 })
  assert.match(log({ at: '2023-03-07T10:00' }).code!, /-230307-0002$/)
})
