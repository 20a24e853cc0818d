import assert from 'node:assert/strict'
import { test } from 'node:test'
import { markClosed, upsertPeriod } from '../../db/queries/periods.ts'
import { parsePeriod } from '../../src/domain/calendar/periods.ts'
import { COUNTER, deskOf, HEAD, SYSTEM } from '../support/desk.ts'
import { refused } from '../support/refused.ts'
import { testInstallation } from '../support/test-installation.ts'

const TUESDAY = '2023-03-14T10:00'

test('nothing may happen in the future, but for the five minutes by which clocks differ', () => {
  const { log } = deskOf(testInstallation(TUESDAY), COUNTER)
  assert.equal(log({ at: '2023-03-14T10:05' }).state, 'accepted')
  refused('in_future', () => log({ at: '2023-03-14T10:06' }))
})

test('the counter dates back by one working day, the head further', () => {
  const installation = testInstallation(TUESDAY)
  const counter = deskOf(installation, COUNTER)
  const head = deskOf(installation, HEAD)
  assert.match(counter.log({ at: '2023-03-13T08:00' }).code!, /-230313-0001$/)
  const error = refused('back_dated_too_far', () => counter.log({ at: '2023-03-10T08:00' }))
  assert.match(error.message, /lùi từ ngày 13\/03\/2023/)
  assert.match(head.log({ at: '2023-03-10T08:00' }).code!, /-230310-0001$/)
  installation.at('2023-03-13T08:00')
  assert.equal(counter.log({ at: '2023-03-10T08:00' }).acceptedOn, '2023-03-10', 'Friday, on Monday')
})

test('an entry more than one working day after acceptance is marked', () => {
  const installation = testInstallation(TUESDAY)
  const { log } = deskOf(installation, HEAD)
  assert.equal(log({ at: '2023-03-13T08:00' }).enteredLate, false)
  assert.equal(log({ at: '2023-03-10T08:00' }).enteredLate, true)
})

test('into a closed period only with a reason, and by somebody who may correct it', () => {
  const installation = testInstallation('2023-03-13T10:00')
  const week = parsePeriod('2023-W10')
  upsertPeriod(installation.db, week)
  markClosed(installation.db, week.key, installation.at('2023-03-13T06:00'))
  installation.at('2023-03-13T10:00')
  const friday = { at: '2023-03-10T16:00', reason: 'Mất mạng chiều thứ Sáu' }
  const [counter, head, system] = [COUNTER, HEAD, SYSTEM].map((actor) => deskOf(installation, actor))
  for (const desk of [counter!, head!]) {
    const error = refused('closed_period', () => desk.log({ at: '2023-03-10T16:00' }))
    assert.match(error.message, /Ngày 10\/03\/2023 thuộc kỳ đã chốt \(đến 12\/03\/2023\)/)
    refused('closed_period', () => desk.log({ at: '2023-03-12T16:00' }))
  }
  refused('needs_approval', () => counter!.log(friday))
  assert.equal(head!.log(friday).acceptedOn, '2023-03-10')
  assert.equal(system!.log({ at: '2023-01-10T16:00' }).acceptedOn, '2023-01-10')
})

test('an act cannot happen before the one before it; notes, hand-overs and voiding can', () => {
  const installation = testInstallation(TUESDAY)
  const { log, act } = deskOf(installation)
  const dossier = log({ at: '2023-03-13T10:00' })
  act(dossier, 'transfer', { at: '2023-03-13T11:00' })
  refused('out_of_order', () => act(dossier, 'finish', { at: '2023-03-13T10:30' }))
  assert.equal(act(dossier, 'amend', { at: '2023-03-13T10:30', fee: 5000 }).fee, 5000)
  assert.equal(
    act(dossier, 'assign', { at: '2023-03-13T10:30', assignee: 'xa-ngoc-ky.chu-tich' }).state,
    'processing',
  )
  assert.equal(act(dossier, 'void', { at: '2023-03-13T10:30' }).state, 'voided')
})

test('only the head reopens and voids', () => {
  const installation = testInstallation(TUESDAY)
  const counter = deskOf(installation, COUNTER)
  const dossier = counter.log()
  const error = refused('head_only', () => counter.act(dossier, 'void'))
  assert.equal(error.kind, 'forbidden')
  counter.act(dossier, 'finish')
  refused('head_only', () => counter.act(dossier, 'reopen'))
  const head = counter.as(HEAD)
  assert.equal(head.act(dossier, 'reopen').state, 'processing')
  assert.equal(head.act(dossier, 'void').state, 'voided')
})

test('a dossier changed since it was read is refused as stale, an unknown one as unknown', () => {
  const installation = testInstallation(TUESDAY)
  const { log, act } = deskOf(installation)
  const dossier = log()
  act(dossier, 'transfer', { version: dossier.version })
  refused('stale', () => act(dossier, 'finish', { version: dossier.version }))
  assert.equal(act(dossier, 'finish', { version: 2 }).version, 3)
  refused('unknown_dossier', () => act({ id: 999 }, 'finish'))
})
