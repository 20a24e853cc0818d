import assert from 'node:assert/strict'
import { test } from 'node:test'
import { stepsOf } from '../../db/queries/steps.ts'
import { printInstant } from '../../src/domain/calendar/day.ts'
import { deskOf } from '../support/desk.ts'
import { refused } from '../support/refused.ts'
import { testInstallation } from '../support/test-installation.ts'

const local = (at: number | null) => (at === null ? null : printInstant(at).slice(0, 16))

test('the agencies of an inter-agency dossier work one after the other, each within its hours', () => {
  const installation = testInstallation('2023-03-31T09:00')
  const { log, act } = deskOf(installation)
  const dossier = log({ procedure: '2.000986', at: '2023-03-09T15:30' })
  assert.deepEqual(
    [dossier.receiptDay, dossier.dueOn],
    ['2023-03-10', '2023-03-15'],
    'E25: received after 15:00',
  )
  const steps = () =>
    stepsOf(installation.db, dossier.id).map(({ startedAt, dueAt, endedAt }) =>
      [startedAt, dueAt, endedAt].map(local),
    )
  assert.deepEqual(steps()[0], ['2023-03-09T15:30', '2023-03-10T08:00', null])
  assert.deepEqual(steps().slice(1), Array(5).fill([null, null, null]))

  act(dossier, 'finish_step', { at: '2023-03-10T08:00' })
  assert.deepEqual(steps()[0], ['2023-03-09T15:30', '2023-03-10T08:00', '2023-03-10T08:00'])
  assert.deepEqual(steps()[1], ['2023-03-10T08:00', '2023-03-10T13:30', null])

  for (const at of ['2023-03-10T11:00', '2023-03-10T15:00', '2023-03-13T14:00', '2023-03-15T09:00']) {
    act(dossier, 'finish_step', { at })
  }
  assert.deepEqual(steps()[5], ['2023-03-15T09:00', null, null], 'handing over has no limit')
  act(dossier, 'finish_step', { at: '2023-03-15T10:00' })
  refused('no_running_step', () => act(dossier, 'finish_step', { at: '2023-03-15T11:00' }))
  assert.equal(act(dossier, 'finish', { at: '2023-03-15T11:00' }).endClass, 'on_time')
})

test('an online dossier begins its steps when it is accepted', () => {
  const installation = testInstallation('2023-03-06T09:00')
  const { log, act } = deskOf(installation)
  const submitted = log({ act: 'submit', channel: 'online', procedure: '2.000986' })
  assert.equal(stepsOf(installation.db, submitted.id).length, 0)
  act(submitted, 'accept')
  assert.equal(stepsOf(installation.db, submitted.id).length, 6)
})

test('a dossier that ends leaves no step running', () => {
  const installation = testInstallation('2023-03-06T09:00')
  const { log, act } = deskOf(installation)
  for (const end of ['finish', 'withdraw', 'stop'] as const) {
    const dossier = log({ procedure: '2.000986' })
    const { id } = act(dossier, end)
    const running = stepsOf(installation.db, id).filter(
      ({ startedAt, endedAt }) => startedAt !== null && endedAt === null,
    )
    assert.deepEqual(running, [], end)
  }
})

test('a dossier of one agency has no steps to finish, and the refusal leaves no trace', () => {
  const installation = testInstallation('2023-03-06T09:00')
  const { log, act } = deskOf(installation)
  const dossier = log()
  refused('no_running_step', () => act(dossier, 'finish_step'))
  assert.deepEqual(installation.db.prepare('SELECT count(*) AS n FROM events').get(), { n: 1 })
})
