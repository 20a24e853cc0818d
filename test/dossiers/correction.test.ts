import assert from 'node:assert/strict'
import { test } from 'node:test'
import { stepsOf } from '../../db/queries/steps.ts'
import { parseInstant } from '../../src/domain/calendar/day.ts'
import { lateOnAsOf } from '../../src/domain/life-cycle/lateness.ts'
import { type CorrectionRequest, correctDossier } from '../../src/dossiers/correct-dossier.ts'
import { verifyRows } from '../../src/dossiers/verify-rows.ts'
import { COUNTER, deskOf, HEAD } from '../support/desk.ts'
import { refused } from '../support/refused.ts'
import { type TestInstallation, testInstallation } from '../support/test-installation.ts'
import { testProcedure } from '../support/test-procedure.ts'

const MONDAY = '2023-03-06T09:00'

function corrector(installation: TestInstallation, actor = HEAD) {
  return (which: { readonly id: number }, request: CorrectionRequest) =>
    installation.db
      .transaction(() => correctDossier(installation, actor, which.id, { reason: 'Nhập nhầm', ...request }))
      .immediate()
}

test('the wrong procedure: limit, fee and offer of the right one from acceptance, code and first promise kept', () => {
  const installation = testInstallation(MONDAY)
  const right = testProcedure(installation, '9.200001', { limitText: '5wd', fee: 8_000, onlineLevel: 3 })
  const { log } = deskOf(installation)
  const dossier = log({ quantity: 2 })
  assert.equal(dossier.dueOn, '2023-03-09')
  installation.at('2023-03-07T09:00')
  const corrected = corrector(installation)(dossier, { procedure: right })
  assert.equal(corrected.dueOn, '2023-03-13')
  assert.equal(corrected.appointmentAt, corrected.dueAt)
  assert.equal(corrected.fee, 16_000)
  assert.deepEqual(
    [corrected.code, corrected.acceptedAt, corrected.firstDueAt],
    [dossier.code, dossier.acceptedAt, dossier.firstDueAt],
  )
  assert.deepEqual(verifyRows(installation).differences, [])
})

test('a fee already paid is not changed by the right procedure', () => {
  const installation = testInstallation(MONDAY)
  const right = testProcedure(installation, '9.200001', { fee: 8_000 })
  const dossier = deskOf(installation).log({ fee: 5_000, feePayment: 'cash' })
  assert.equal(corrector(installation)(dossier, { procedure: right }).fee, 5_000)
})

test('a channel above the level at which the right procedure is offered is refused until it is corrected too', () => {
  const installation = testInstallation(MONDAY)
  const right = testProcedure(installation, '9.200001', { onlineLevel: 2 })
  const dossier = deskOf(installation).log({ channel: 'level4' })
  const correct = corrector(installation)
  refused('level_not_offered', () => correct(dossier, { procedure: right }))
  const corrected = correct(dossier, { procedure: right, channel: 'counter' })
  assert.deepEqual([corrected.channel, corrected.eligible], ['counter', false])
})

test('a correction may clear lateness, and may find that a dossier in time was late', () => {
  const installation = testInstallation(MONDAY)
  const longer = testProcedure(installation, '9.200001', { limitText: '10wd' })
  const shorter = testProcedure(installation, '9.200002', { limitText: '1wd' })
  const { log, act } = deskOf(installation)
  const [late, inTime, pending] = [log(), log(), log()]
  installation.at('2023-03-08T10:00')
  assert.equal(act(inTime, 'finish').endClass, 'early')
  installation.at('2023-03-13T10:00')
  const finished = act(late, 'finish')
  assert.deepEqual([finished.endClass, finished.lateOn], ['late', '2023-03-10'])
  const correct = corrector(installation)
  const cleared = correct(late, { procedure: longer })
  assert.deepEqual([cleared.endClass, cleared.lateOn], ['early', null])
  const found = correct(inTime, { procedure: shorter })
  assert.deepEqual([found.endClass, found.lateOn], ['late', '2023-03-08'])
  const lateOn = (request: CorrectionRequest) => lateOnAsOf(correct(pending, request), '2023-03-13')
  assert.equal(lateOn({ procedure: shorter }), '2023-03-08')
  assert.equal(lateOn({ procedure: longer }), null)
})

test('a restart and the days paused after it are gone through again', () => {
  const installation = testInstallation(MONDAY)
  const right = testProcedure(installation, '9.200001', { limitText: '5wd' })
  const { log, act } = deskOf(installation)
  const dossier = log()
  act(dossier, 'request_supplement', { at: MONDAY })
  installation.at('2023-03-08T09:00')
  assert.equal(act(dossier, 'supply_supplement').dueOn, '2023-03-13')
  act(dossier, 'request_payment')
  installation.at('2023-03-09T09:00')
  assert.equal(act(dossier, 'pay').dueOn, '2023-03-15', '8 and 9 March back')
  const corrected = corrector(installation)(dossier, { procedure: right })
  assert.equal(corrected.dueOn, '2023-03-17', 'five days from the supplement, and two back')
  assert.equal(corrected.clockStartedAt, parseInstant('2023-03-08T09:00'))
})

test('the moment of acceptance lies between submission and the next act, and goes no further back than its author may', () => {
  const installation = testInstallation('2023-03-14T10:00')
  const { log, act } = deskOf(installation)
  const dossier = log({ at: '2023-03-14T08:00' })
  const correct = corrector(installation)
  const earlier = correct(dossier, { acceptedAt: parseInstant('2023-03-10T16:00') })
  assert.deepEqual(
    [earlier.acceptedOn, earlier.dueOn, earlier.enteredLate],
    ['2023-03-10', '2023-03-15', true],
  )
  assert.equal(earlier.code, dossier.code)
  refused('back_dated_too_far', () =>
    corrector(installation, COUNTER)(dossier, { acceptedAt: parseInstant('2023-03-09T16:00') }),
  )
  act(dossier, 'transfer', { at: '2023-03-13T08:00' })
  refused('accepted_after_act', () => correct(dossier, { acceptedAt: parseInstant('2023-03-13T08:01') }))
  refused('in_future', () => correct(log(), { acceptedAt: parseInstant('2023-03-14T10:30') }))
  const online = log({ act: 'submit', channel: 'level4', at: '2023-03-14T09:00' })
  act(online, 'accept', { at: '2023-03-14T09:30' })
  refused('accepted_before_submission', () =>
    correct(online, { acceptedAt: parseInstant('2023-03-14T08:59') }),
  )
})

test('a correction that corrects nothing is refused, one without a reason too', () => {
  const installation = testInstallation(MONDAY)
  const dossier = deskOf(installation).log()
  const correct = corrector(installation)
  refused('nothing_to_correct', () => correct(dossier, { channel: 'counter', procedure: '1.004873' }))
  refused('reason_required', () => correct(dossier, { channel: 'postal', reason: undefined }))
})

test('received by the wrong shop: its resolver follows, unless another was chosen', () => {
  const installation = testInstallation(MONDAY)
  const { log } = deskOf(installation)
  const correct = corrector(installation)
  const unitId = (key: string) =>
    installation.db.prepare('SELECT id FROM units WHERE key = ?').pluck().get(key) as number
  const moved = correct(log(), { receivingUnit: 'xa-quang-phuc' })
  const there = unitId('xa-quang-phuc')
  assert.deepEqual([moved.receivingUnitId, moved.unitId, moved.holderUnitId], [there, there, there])
  const chosen = correct(log({ unit: 'bo-phan-mot-cua-huyen', resolvingUnit: 'phong-tu-phap' }), {
    receivingUnit: 'xa-quang-phuc',
  })
  assert.deepEqual([chosen.receivingUnitId, chosen.unitId], [there, unitId('phong-tu-phap')])
  refused('unit_does_not_receive', () => correct(log(), { receivingUnit: 'phong-tu-phap' }))
})

test('the receipt slip of before is void, and says why', () => {
  const installation = testInstallation(MONDAY)
  const dossier = deskOf(installation).log()
  installation.db
    .prepare(
      `INSERT INTO documents (kind, subject, version, dossier_id, template, media_type, sha256, bytes, issued_at)
         VALUES ('receipt-slip', ?, 1, ?, 'x', 'application/pdf', '00', 1, 0)`,
    )
    .run(dossier.code, dossier.id)
  corrector(installation)(dossier, { channel: 'postal' })
  const document = installation.db.prepare('SELECT voided_at, void_cause FROM documents').get()
  assert.deepEqual(document, { voided_at: parseInstant(MONDAY), void_cause: 'corrected' })
})

test('the steps of the right procedure are laid out from acceptance', () => {
  const installation = testInstallation(MONDAY)
  const { db } = installation
  const steps = db
    .prepare(
      `SELECT p.code FROM procedure_steps s JOIN procedure_versions v ON v.id = s.procedure_version_id
         JOIN procedures p ON p.id = v.procedure_id WHERE v.valid_from <= '2023-03-06'
           AND (v.valid_to IS NULL OR v.valid_to >= '2023-03-06') LIMIT 1`,
    )
    .pluck()
    .get() as string
  const dossier = deskOf(installation).log()
  assert.deepEqual(stepsOf(db, dossier.id), [])
  corrector(installation)(dossier, { procedure: steps })
  const laid = stepsOf(db, dossier.id)
  assert.ok(laid.length > 1)
  assert.equal(laid[0]?.startedAt, dossier.acceptedAt)
  corrector(installation)(dossier, { procedure: '1.004873' })
  assert.deepEqual(stepsOf(db, dossier.id), [])
})

test('accepted earlier than said, a dossier was with its first officer until it was given on', () => {
  const installation = testInstallation('2023-03-09T14:00')
  const { log, act } = deskOf(installation)
  const dossier = log({ assignee: 'xa-ngoc-ky.mot-cua-1' })
  act(dossier, 'assign', { assignee: 'xa-ngoc-ky.mot-cua-2' })
  corrector(installation)(dossier, { acceptedAt: parseInstant(MONDAY) })
  const stays = installation.db
    .prepare(
      'SELECT s.from_on, o.key FROM dossier_stays s JOIN officers o ON o.id = s.officer_id WHERE dossier_id = ? ORDER BY 1',
    )
    .raw()
    .all(dossier.id)
  assert.deepEqual(stays, [
    ['2023-03-06', 'xa-ngoc-ky.mot-cua-1'],
    ['2023-03-09', 'xa-ngoc-ky.mot-cua-2'],
  ])
})
