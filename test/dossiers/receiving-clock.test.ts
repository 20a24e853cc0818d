import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pausesOf } from '../../db/queries/timeline.ts'
import { printInstant } from '../../src/domain/calendar/day.ts'
import { parsePeriod } from '../../src/domain/calendar/periods.ts'
import { nationalCodeOf } from '../../src/domain/life-cycle/life-cycle.ts'
import { report } from '../../src/reports/report.ts'
import { deskOf } from '../support/desk.ts'
import { refused } from '../support/refused.ts'
import { testInstallation } from '../support/test-installation.ts'

/** Submitted on Friday 03/03/2023 at 16:00: to be received by Monday 16:00. */
function setting() {
  const installation = testInstallation('2023-03-31T09:00')
  const desk = deskOf(installation)
  const submitted = desk.log({ act: 'submit', channel: 'online', at: '2023-03-03T16:00' })
  const counted = (day: string) => {
    const { lateReceipts, receiptsInTime } = report(installation, {
      period: parsePeriod(`${day}..${day}`),
      by: 'unit',
      attribution: 'resolving',
    }).total.tally
    return { lateReceipts, receiptsInTime }
  }
  return { installation, submitted, counted, ...desk }
}

const IN_TIME = { lateReceipts: 0, receiptsInTime: 1 }
const LATE = { lateReceipts: 1, receiptsInTime: 0 }
const NOTHING = { lateReceipts: 0, receiptsInTime: 0 }

test('an online submission is to be received within 8 working hours, the last minute included', () => {
  const { submitted, act, counted } = setting()
  assert.equal(printInstant(submitted.receivingDueAt!), '2023-03-06T16:00:00+07:00')
  assert.deepEqual(counted('2023-03-06'), LATE, 'nobody has received it')
  assert.equal(act(submitted, 'accept', { at: '2023-03-06T16:00:30' }).receivedLate, false)
  assert.deepEqual(counted('2023-03-06'), IN_TIME)
})

test('received a minute after the 8 hours ran out it is late, on the day they ran out', () => {
  const { submitted, act, counted } = setting()
  assert.equal(act(submitted, 'accept', { at: '2023-03-07T08:00' }).receivedLate, true)
  assert.deepEqual(counted('2023-03-06'), LATE)
  assert.deepEqual(counted('2023-03-07'), NOTHING)
})

test('a request for more before acceptance stops the 8 hours until it is answered', () => {
  const { installation, submitted, act, counted } = setting()
  const asked = act(submitted, 'ask_before_acceptance', { at: '2023-03-06T09:30' })
  assert.equal(nationalCodeOf(asked), 5)
  assert.deepEqual([asked.state, asked.supplementCount], ['submitted', 0])
  refused('already_asked', () => act(submitted, 'ask_before_acceptance', { at: '2023-03-06T10:00' }))
  assert.deepEqual(counted('2023-03-06'), NOTHING)
  const answered = act(submitted, 'answer_before_acceptance', { at: '2023-03-08T08:30' })
  assert.equal(printInstant(answered.receivingDueAt!), '2023-03-08T15:00:00+07:00')
  refused('nothing_asked', () => act(submitted, 'answer_before_acceptance', { at: '2023-03-08T09:00' }))
  const accepted = act(submitted, 'accept', { at: '2023-03-08T14:00' })
  assert.deepEqual([accepted.receivedLate, accepted.dueOn], [false, '2023-03-13'])
  assert.deepEqual(counted('2023-03-08'), IN_TIME)
  assert.equal(pausesOf(installation.db, submitted.id).length, 1)
})

test('a request made after the 8 hours ran out changes nothing', () => {
  const { submitted, act, counted } = setting()
  act(submitted, 'ask_before_acceptance', { at: '2023-03-07T09:00' })
  act(submitted, 'answer_before_acceptance', { at: '2023-03-09T09:00' })
  assert.equal(act(submitted, 'accept', { at: '2023-03-09T09:30' }).receivedLate, true)
  assert.deepEqual(counted('2023-03-06'), LATE)
})

test('a decision on a submission still waiting for its applicant closes the request', () => {
  for (const decision of ['accept', 'refuse_intake', 'withdraw', 'void'] as const) {
    const { installation, submitted, act } = setting()
    act(submitted, 'ask_before_acceptance', { at: '2023-03-06T09:30' })
    const decided = act(submitted, decision, { at: '2023-03-20T09:30' })
    assert.deepEqual([decided.receivedLate, decided.subState], [false, null])
    assert.ok(
      pausesOf(installation.db, submitted.id).every(({ toAt }) => toAt !== null),
      decision,
    )
  }
})

test('a receipt that was late before more was asked for stays late, on the day the 8 hours ran out', () => {
  const { submitted, counted, act } = setting()
  act(submitted, 'ask_before_acceptance', { at: '2023-03-08T09:00' })
  const answered = act(submitted, 'answer_before_acceptance', { at: '2023-03-15T09:00' })
  assert.deepEqual([answered.receivedLate, answered.receivingDueOn], [true, '2023-03-06'])
  assert.equal(counted('2023-03-06').lateReceipts, 1)
})

test('a request in the very minute in which the 8 hours run out is in time, and the clock stands from then', () => {
  const { submitted, counted, act } = setting()
  act(submitted, 'ask_before_acceptance', { at: '2023-03-06T16:00:30' })
  const answered = act(submitted, 'answer_before_acceptance', { at: '2023-03-15T09:00' })
  assert.deepEqual([answered.receivedLate, answered.receivingDueOn], [false, '2023-03-15'])
  assert.equal(counted('2023-03-06').lateReceipts, 0)
})

test('the request before acceptance is no supplement of the dossier', () => {
  const { submitted, act } = setting()
  act(submitted, 'ask_before_acceptance', { at: '2023-03-06T09:30' })
  act(submitted, 'accept', { at: '2023-03-06T10:00' })
  const asked = act(submitted, 'request_supplement', { at: '2023-03-07T09:00' })
  assert.equal(asked.supplementCount, 1)
  assert.equal(
    act(submitted, 'supply_supplement', { at: '2023-03-08T09:00' }).dueOn,
    '2023-03-13',
    'restarted',
  )
})

test('refused in time it is answered in time, and received nowhere', () => {
  const { submitted, act, counted, installation } = setting()
  const decided = act(submitted, 'refuse_intake', { at: '2023-03-06T10:00' })
  assert.deepEqual([decided.state, decided.code, decided.acceptedOn], ['not_accepted', null, null])
  assert.deepEqual(counted('2023-03-06'), IN_TIME)
  const { total } = report(installation, {
    period: parsePeriod('2023-03'),
    by: 'unit',
    attribution: 'resolving',
  })
  assert.deepEqual([total.tally.received, total.tally.open, total.tally.notAccepted], [0, 0, 1])
})

test('withdrawn after the 8 hours ran out, the shop was still late to receive it', () => {
  const { submitted, act, counted } = setting()
  act(submitted, 'withdraw', { at: '2023-03-07T10:00' })
  assert.deepEqual(counted('2023-03-06'), LATE)
  const again = setting()
  again.act(again.submitted, 'withdraw', { at: '2023-03-06T10:00' })
  assert.deepEqual(again.counted('2023-03-06'), NOTHING)
})
