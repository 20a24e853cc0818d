import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dueMessages, eraseMessages, findMessage } from '../../db/queries/messages.ts'
import { upsertSetting } from '../../db/queries/settings.ts'
import { parseInstant, printInstant } from '../../src/domain/calendar/day.ts'
import { correctDossier } from '../../src/dossiers/correct-dossier.ts'
import { HOLD_MINUTES, MESSAGE_RULES } from '../../src/messages/message-settings.ts'
import type { MessageText } from '../../src/messages/render-message.ts'
import { sendMessage } from '../../src/messages/send-message.ts'
import { EMAIL, messagesIn, NAME, standing, submitted, telling } from '../support/citizens.ts'
import { COUNTER, deskOf, SYSTEM } from '../support/desk.ts'
import { type TestInstallation, testInstallation } from '../support/test-installation.ts'
import { testProcedure } from '../support/test-procedure.ts'

const MAIL = { mail: { url: 'smtp://127.0.0.1:1', from: 'motcua@xa.example' } }
const GATEWAY = { gateway: { url: 'http://127.0.0.1:1', secret: 'whsec_x' } }

const textOf = (installation: TestInstallation, id = 1) =>
  JSON.parse(installation.vault.open(findMessage(installation.db, id)!.textSealed!)) as MessageText

test('nothing is told until a channel is configured', () => {
  const installation = testInstallation()
  const { desk, dossier } = submitted(installation)
  desk.act(dossier, 'accept')
  assert.deepEqual(standing(installation), [])
})

test('each of five acts keeps one message ready, by mail where there is an address', () => {
  const installation = telling(testInstallation('2023-03-06T09:00'), { ...MAIL, ...GATEWAY })
  const { desk, dossier } = submitted(installation)
  const steps = [
    ['accept', 'received'],
    ['transfer', null],
    ['request_supplement', 'supplement'],
    ['supply_supplement', null],
    ['apologise', 'new_date'],
    ['finish', 'result_ready'],
    ['return_result', 'returned'],
  ] as const
  for (const [act, template] of steps) {
    const before = messagesIn(installation).length
    desk.act(dossier, act, act === 'apologise' ? { appointmentAt: '2023-03-20T17:00' } : {})
    const made = messagesIn(installation).slice(before)
    assert.deepEqual(
      made.map((message) => [message.template, message.channel, message.status]),
      template === null ? [] : [[template, 'email', 'held']],
      act,
    )
  }
})

test('what an import, a seed or a job does is told to nobody, but cancels what it makes untrue', () => {
  const installation = telling(testInstallation(), MAIL)
  const { dossier } = submitted(installation)
  deskOf(installation, SYSTEM).act(dossier, 'accept')
  assert.deepEqual(standing(installation), [])
  const second = submitted(installation)
  second.desk.act(second.dossier, 'accept')
  deskOf(installation, SYSTEM).act(second.dossier, 'withdraw')
  assert.deepEqual(standing(installation), ['received:email:stopped:untrue'])
})

test('an act that is refused leaves no message', () => {
  const installation = telling(testInstallation(), MAIL)
  const { desk, dossier } = submitted(installation)
  desk.act(dossier, 'accept')
  assert.throws(() => desk.act(dossier, 'request_supplement', { reason: '' }))
  assert.deepEqual(standing(installation), ['received:email:held'])
})

test('what was over before the last working day is told to nobody', () => {
  const installation = telling(testInstallation('2023-03-03T08:00'), MAIL)
  const head = { officerId: null, role: 'head' } as const
  const { dossier } = submitted(installation)
  installation.at('2023-03-08T09:00')
  deskOf(installation, head).act(dossier, 'accept', { at: '2023-03-06T16:00' })
  assert.deepEqual(standing(installation), [])
  deskOf(installation, head).act(dossier, 'finish', { at: '2023-03-07T08:00' })
  assert.deepEqual(standing(installation), ['result_ready:email:held'])
})

test('by mail, else by SMS, and without any address nothing; a list of addresses is none', () => {
  const installation = telling(testInstallation(), { ...MAIL, ...GATEWAY })
  const cases = [
    [{}, 'received:email:held'],
    [{ email: null }, 'received:sms:held'],
    [{ email: 'a@example.com, b@example.com' }, 'received:sms:held'],
    [{ email: 'a@example.com\r\nBcc: b@example.com', phone: undefined }, undefined],
    [{ email: null, phone: undefined }, undefined],
  ] as const
  for (const [given, expected] of cases) {
    const before = messagesIn(installation).length
    const { desk, dossier } = submitted(installation, given)
    if ('phone' in given && given.phone === undefined)
      installation.db.prepare('UPDATE persons SET phone_sealed = NULL WHERE id = ?').run(dossier.applicantId)
    desk.act(dossier, 'accept')
    assert.equal(standing(installation)[before], expected, JSON.stringify(given))
  }
})

test('where only SMS is configured mail is passed over; what is set to off is not sent', () => {
  const installation = telling(testInstallation(), GATEWAY)
  upsertSetting(installation.db, MESSAGE_RULES, { received: 'off', result_ready: 'email_zalo' })
  const { desk, dossier } = submitted(installation)
  desk.act(dossier, 'accept')
  desk.act(dossier, 'finish')
  desk.act(dossier, 'return_result')
  assert.deepEqual(standing(installation), ['result_ready:zalo:stopped:untrue', 'returned:sms:held'])
})

test('a message is held for the minutes set, and to the next opening where these end out of hours', () => {
  const cases = [
    ['2023-03-06T09:00', 5, '2023-03-06T09:05'],
    ['2023-03-06T11:27', 5, '2023-03-06T13:00'],
    ['2023-03-06T16:58', 5, '2023-03-07T07:30'],
    ['2023-03-10T17:20', 0, '2023-03-13T07:30'],
    ['2023-04-28T16:58', 5, '2023-05-04T07:30'],
    ['2023-03-06T05:00', 5, '2023-03-06T07:30'],
  ] as const
  for (const [at, hold, sendAt] of cases) {
    const installation = telling(testInstallation(at), MAIL)
    upsertSetting(installation.db, HOLD_MINUTES, hold)
    const { desk, dossier } = submitted(installation)
    desk.act(dossier, 'accept')
    const [message] = messagesIn(installation)
    assert.equal(printInstant(message!.send_at), printInstant(parseInstant(sendAt)), at)
  }
})

test('a later act renders what waits anew, or cancels it', () => {
  const cases = [
    ['accept', 'request_supplement', 'received:email:stopped:untrue'],
    ['accept', 'transfer', 'received:email:held'],
    ['accept', 'void', 'received:email:stopped:untrue'],
    ['finish', 'reopen', 'result_ready:email:stopped:untrue'],
    ['finish', 'return_result', 'result_ready:email:stopped:untrue'],
    ['request_supplement', 'supply_supplement', 'supplement:email:stopped:untrue'],
  ] as const
  for (const [told, then, expected] of cases) {
    const installation = telling(testInstallation(), MAIL)
    const { dossier } = submitted(installation)
    const desk = deskOf(installation, { officerId: null, role: 'head' })
    if (told !== 'accept') desk.as(SYSTEM).act(dossier, 'accept')
    desk.act(dossier, told)
    desk.act(dossier, then)
    assert.equal(standing(installation)[0], expected, `${told}, then ${then}`)
  }
})

test('an intake whose clock has been stopped is told without a day, and with the new one when it goes on', () => {
  const installation = telling(testInstallation('2023-03-06T09:00'), MAIL)
  const { desk, dossier } = submitted(installation)
  desk.act(dossier, 'accept')
  const first = textOf(installation)
  assert.match(first.text, /Hẹn trả kết quả: 17:00 thứ \S+ \d\d\/03\/2023, tại Bộ phận Một cửa/)
  desk.act(dossier, 'request_payment')
  assert.match(textOf(installation).text, /Hẹn trả kết quả: sẽ báo lại khi hồ sơ được tiếp tục/)
  assert.equal(findMessage(installation.db, 1)!.dossierVersion, 3)
  desk.act(dossier, 'pay')
  assert.equal(textOf(installation).text, first.text)
})

test('a correction from acceptance renders anew what waits', () => {
  const installation = telling(testInstallation('2023-03-06T15:30'), MAIL)
  const { desk, dossier } = submitted(installation)
  const { code } = desk.act(dossier, 'accept')
  assert.match(textOf(installation).text, new RegExp(code!))
  const before = textOf(installation).text
  const procedure = testProcedure(installation, '9.000001')
  const corrected = installation.db
    .transaction(() => correctDossier(installation, COUNTER, dossier.id, { procedure, reason: 'Chọn nhầm' }))
    .immediate()
  assert.equal(findMessage(installation.db, 1)!.dossierVersion, corrected.version)
  assert.notEqual(textOf(installation).text, before)
})

test('a message says what is asked for, by when, and nothing of it is in clear in the database', () => {
  const installation = telling(testInstallation('2023-03-06T09:00'), MAIL)
  const { desk, dossier } = submitted(installation)
  desk.as(SYSTEM).act(dossier, 'accept')
  desk.act(dossier, 'request_supplement', { reason: 'Bản sao giấy chứng sinh\r\nBcc: x@example.com' })
  const { subject, text } = textOf(installation)
  assert.match(subject!, /^Hồ sơ \S+ cần bổ sung$/)
  assert.match(text, new RegExp(`Kính gửi ông/bà ${NAME}`))
  assert.match(text, /Bản sao giấy chứng sinh Bcc: x@example\.com/)
  assert.match(text, /Xin ông\/bà bổ sung (đến hết ngày|trong thời gian)/)
  const row = JSON.stringify(installation.db.prepare('SELECT * FROM messages').all())
  for (const secret of [EMAIL, NAME, 'chứng sinh']) assert.ok(!row.includes(secret), secret)
})

test('what a supplement does to the time limit is said as the request has it', () => {
  const accepted = '2023-03-06T09:00'
  const told = (...asked: readonly string[]) => {
    const installation = telling(testInstallation(accepted), MAIL)
    const { desk, dossier } = submitted(installation)
    desk.as(SYSTEM).act(dossier, 'accept')
    for (const [index, at] of asked.entries()) {
      installation.at(at)
      if (index > 0) desk.act(dossier, 'supply_supplement')
      desk.act(dossier, 'request_supplement', { reason: 'Thiếu bản sao' })
    }
    return textOf(installation, messagesIn(installation).at(-1)!.id).text
  }
  const cases = [
    [told('2023-03-06T10:00'), 'được tính lại từ đầu'],
    [told('2023-03-09T16:00'), 'được tính lại từ đầu'],
    [told('2023-03-10T08:00'), 'được tính tiếp'],
    [told('2023-03-06T10:00', '2023-03-06T14:00'), 'được tính tiếp'],
  ] as const
  for (const [text, words] of cases)
    assert.match(text, new RegExp(`Khi hồ sơ đã đủ, thời hạn giải quyết ${words}\\.`))
  const installation = telling(testInstallation(accepted), MAIL)
  const { desk, dossier } = submitted(installation)
  desk.act(dossier, 'ask_before_acceptance', { reason: 'Thiếu bản sao' })
  assert.match(textOf(installation).text, /Thời hạn giải quyết được tính từ khi hồ sơ đủ và được tiếp nhận\./)
})

test('of an erased dossier address and text go, and what waits is not sent', () => {
  const installation = telling(testInstallation(), MAIL)
  const { desk, dossier } = submitted(installation)
  desk.act(dossier, 'accept')
  assert.equal(eraseMessages(installation.db, [dossier.id], installation.clock.now()), 1)
  assert.equal(eraseMessages(installation.db, [dossier.id], installation.clock.now()), 0)
  const message = findMessage(installation.db, 1)!
  assert.deepEqual([message.toSealed, message.textSealed, message.status], [null, null, 'stopped'])
})

test('an act at the end of the calendar is done; what is told of it waits until the calendar goes on', async () => {
  const installation = telling(testInstallation('2029-12-19T09:00'), MAIL)
  const [first, second] = [submitted(installation), submitted(installation)]
  for (const { dossier, desk } of [first, second]) {
    desk.as(SYSTEM).act(dossier, 'accept')
    desk.as(SYSTEM).act(dossier, 'finish')
  }
  // The last working day that is known; the office closes within the minutes for which a message is held.
  installation.at('2029-12-31T16:58')
  assert.equal(first.desk.act(first.dossier, 'return_result').state, 'returned')
  installation.at('2030-01-02T09:00')
  assert.equal(second.desk.act(second.dossier, 'return_result').state, 'returned')
  installation.at('2030-01-04T09:00')
  for (const id of dueMessages(installation.db, installation.clock.now(), 9))
    assert.equal(await sendMessage(installation, id, AbortSignal.timeout(9_000)), 'skipped')
  assert.deepEqual(standing(installation), ['returned:email:held', 'returned:email:held'])
})
