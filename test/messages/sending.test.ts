import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { Writable } from 'node:stream'
import { test } from 'node:test'
import { pino } from 'pino'
import { openAlarms } from '../../db/queries/alarms.ts'
import { dueMessages, findMessage } from '../../db/queries/messages.ts'
import { parseInstant } from '../../src/domain/calendar/day.ts'
import { resendMessage, stopMessage } from '../../src/messages/decide-message.ts'
import type { Messaging } from '../../src/messages/messaging.ts'
import { sendMail } from '../../src/messages/send-mail.ts'
import { sendMessage } from '../../src/messages/send-message.ts'
import { tidyMessages } from '../../src/messages/tidy-messages.ts'
import {
  EMAIL,
  GATEWAY_SECRET,
  messagesIn,
  NAME,
  PHONE,
  standing,
  submitted,
  telling,
} from '../support/citizens.ts'
import { COUNTER, SYSTEM } from '../support/desk.ts'
import { mailServer, type Trouble } from '../support/mail-server.ts'
import { receiver } from '../support/receiver.ts'
import { refused } from '../support/refused.ts'
import { testInstallation } from '../support/test-installation.ts'

const NEVER = new AbortController().signal
const FROM = 'UBND xã Ngọc Kỳ <motcua@ngocky.example>'

/** An installation with one message ready at 09:05 on Monday, and what sends all that is due. */
function ready(given: Partial<Messaging>, intake: Parameters<typeof submitted>[1] = {}) {
  const installation = telling(testInstallation('2023-03-06T09:00'), given)
  const { desk, dossier } = submitted(installation, intake)
  const accepted = desk.act(dossier, 'accept')
  const send = async (at: string) => {
    installation.at(at)
    const results: string[] = []
    for (const id of dueMessages(installation.db, installation.clock.now(), 10))
      results.push(await sendMessage(installation, id, NEVER))
    return results
  }
  const write = <T>(work: () => T) => installation.db.transaction(work).immediate()
  return { installation, desk, dossier: accepted, send, write }
}

const dueAt = (installation: ReturnType<typeof testInstallation>) => messagesIn(installation)[0]!.send_at

test('a mail is sent once its time has come, and once', async () => {
  const server = await mailServer('mật-khẩu')
  const { installation, dossier, send } = ready({ mail: { url: server.url, from: FROM } })
  assert.deepEqual(await send('2023-03-06T09:04'), [])
  assert.deepEqual(await send('2023-03-06T09:05'), ['sent'])
  assert.deepEqual(await send('2023-03-06T09:06'), [])
  const [mail] = server.received
  assert.equal(server.received.length, 1)
  assert.deepEqual([mail!.from, mail!.to], ['motcua@ngocky.example', [EMAIL]])
  assert.equal(mail!.subject, `Đã tiếp nhận hồ sơ ${dossier.code}`)
  assert.match(
    mail!.text,
    new RegExp(`^Kính gửi ông/bà ${NAME},\\n\\nXã Ngọc Kỳ đã tiếp nhận hồ sơ ${dossier.code}`),
  )
  assert.match(mail!.raw, /^Auto-Submitted: auto-generated\r$/m)
  assert.match(mail!.id, /^<msg_1_\w+@ngocky\.example>$/)
  assert.deepEqual(standing(installation), ['received:email:sent'])
  await server.close()
})

test('an SMS goes to the gateway, signed, with a number the world knows', async () => {
  const there = await receiver()
  const { installation, dossier, send } = ready(
    { gateway: { url: there.url, secret: GATEWAY_SECRET } },
    { email: null },
  )
  assert.deepEqual(await send('2023-03-06T09:05'), ['sent'])
  const [{ headers, body }] = there.received as [(typeof there.received)[0]]
  const message = JSON.parse(body)
  assert.deepEqual(Object.keys(message), ['id', 'type', 'channel', 'to', 'text'])
  assert.deepEqual(
    [message.type, message.channel, message.to],
    ['message.sms', 'sms', `+84${PHONE.slice(1)}`],
  )
  assert.match(
    message.text,
    new RegExp(`^Xã Ngọc Kỳ đã tiếp nhận hồ sơ ${dossier.code}\\. Hẹn trả: 17:00 thứ`),
  )
  const key = Buffer.from(GATEWAY_SECRET.slice('whsec_'.length), 'base64')
  const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`
  assert.equal(
    headers['webhook-signature'],
    `v1,${createHmac('sha256', key).update(signed).digest('base64')}`,
  )
  assert.equal(headers['webhook-id'], message.id)
  assert.deepEqual(standing(installation), ['received:sms:sent'])
  await there.close()
})

test('a stopped message is not sent, and one that has gone cannot be stopped', async () => {
  const server = await mailServer()
  const { installation, desk, dossier, send, write } = ready({ mail: { url: server.url, from: FROM } })
  write(() => stopMessage(installation, COUNTER, 1))
  assert.deepEqual(await send('2023-03-06T09:10'), [])
  desk.act(dossier, 'finish')
  assert.deepEqual(await send('2023-03-06T10:00'), ['sent'])
  refused('message_gone', () => write(() => stopMessage(installation, COUNTER, 1)))
  refused('message_gone', () => write(() => stopMessage(installation, COUNTER, 2)))
  refused('message_not_failed', () => write(() => resendMessage(installation, COUNTER, 2)))
  refused('unknown_message', () => write(() => stopMessage(installation, COUNTER, 3)))
  assert.deepEqual(standing(installation), ['received:email:stopped:by_hand', 'result_ready:email:sent'])
  assert.equal(server.received.length, 1)
  await server.close()
})

test('only whoever works on the dossier decides about its messages', () => {
  const { installation, write } = ready({ mail: { url: 'smtp://127.0.0.1:1', from: FROM } })
  const id = installation.db
    .prepare(`SELECT id FROM officers WHERE key = 'xa-tai-son.mot-cua-1'`)
    .pluck()
    .get()
  const other = { officerId: id as number, role: 'counter' } as const
  refused('not_your_unit', () => write(() => stopMessage(installation, other, 1)))
  refused('not_permitted', () =>
    write(() => stopMessage(installation, { officerId: null, role: 'auditor' }, 1)),
  )
})

test('what changed without an act on the desk is met when it is to be sent', async () => {
  const server = await mailServer()
  const mail = { url: server.url, from: FROM }
  const moved = ready({ mail })
  // As a calendar decision does: a new due date, and a version.
  moved.installation.db
    .prepare('UPDATE dossiers SET appointment_at = ?, version = version + 1 WHERE id = ?')
    .run(parseInstant('2023-03-15T17:00'), moved.dossier.id)
  assert.deepEqual(await moved.send('2023-03-06T09:05'), ['sent'])
  assert.match(server.received[0]!.text, /Hẹn trả kết quả: 17:00 thứ Tư 15\/03\/2023/)
  const gone = ready({ mail })
  gone.installation.db.prepare(`UPDATE dossiers SET state = 'voided' WHERE id = ?`).run(gone.dossier.id)
  assert.deepEqual(await gone.send('2023-03-06T09:05'), ['skipped'])
  assert.deepEqual(standing(gone.installation), ['received:email:stopped:untrue'])
  const erased = ready({ mail })
  erased.installation.db.prepare('UPDATE persons SET erased_at = 1').run()
  assert.deepEqual(await erased.send('2023-03-06T09:05'), ['skipped'])
  assert.deepEqual(standing(erased.installation), ['received:email:stopped:erased'])
  assert.equal(server.received.length, 1)
  await server.close()
})

test('nothing leaves out of hours, however late the worker comes to it', async () => {
  const server = await mailServer()
  const { installation, send } = ready({ mail: { url: server.url, from: FROM } })
  assert.deepEqual(await send('2023-03-10T22:00'), ['skipped'])
  assert.equal(dueAt(installation), parseInstant('2023-03-13T07:30'))
  assert.deepEqual(await send('2023-03-13T07:29'), [])
  assert.deepEqual(await send('2023-03-13T07:30'), ['sent'])
  await server.close()
})

test('what waited for a week is not news any more', async () => {
  const server = await mailServer()
  const { installation, send } = ready({ mail: { url: server.url, from: FROM } })
  assert.deepEqual(await send('2023-03-14T09:00'), ['skipped'])
  assert.deepEqual(standing(installation), ['received:email:failed:too_old'])
  assert.equal(server.received.length, 0)
  await server.close()
})

test('what failed is sent again however old it is, for a person asked for it', async () => {
  const server = await mailServer()
  const { installation, send, write } = ready({ mail: { url: server.url, from: FROM } })
  assert.deepEqual(await send('2023-03-14T09:00'), ['skipped'])
  write(() => resendMessage(installation, COUNTER, 1))
  assert.deepEqual(await send('2023-03-14T09:00'), ['sent'])
  assert.equal(server.received.length, 1)
  await server.close()
})

test('a server that says “later” is asked again with growing waits within office hours, then given up', async () => {
  const server = await mailServer()
  const { installation, send, write } = ready({ mail: { url: server.url, from: FROM } })
  server.trouble({ at: 'rcpt', answer: 451 })
  const times = ['09:05', '09:06', '09:11', '09:26', '10:26', '14:26']
  for (const [index, time] of times.entries()) {
    assert.equal(dueAt(installation), parseInstant(`2023-03-06T${time}`), time)
    assert.deepEqual(await send(`2023-03-06T${time}`), ['failed'])
    const expected =
      index === times.length - 1 ? 'received:email:failed:refused 451' : 'received:email:held:refused 451'
    assert.deepEqual(standing(installation), [expected])
  }
  const [alarm] = openAlarms(installation.db)
  assert.deepEqual([alarm?.kind, alarm?.subject], ['message_failed', 'xa-ngoc-ky'])
  assert.equal(alarm?.detail, 'Xã Ngọc Kỳ: 1 tin cho người dân không gửi được.')
  server.trouble(null)
  write(() => resendMessage(installation, COUNTER, 1))
  assert.deepEqual(openAlarms(installation.db), [])
  assert.deepEqual(await send('2023-03-06T14:27'), ['sent'])
  await server.close()
})

test('what surely was not taken is tried again, what never will be is not, what nobody knows fails at once', async () => {
  const cases: readonly (readonly [Trouble, string])[] = [
    [{ at: 'rcpt', answer: 550 }, 'failed:refused 550'],
    [{ at: 'data', answer: 452 }, 'held:refused 452'],
    [{ at: 'data', answer: 554 }, 'failed:refused 554'],
    [{ at: 'data', answer: 'cut' }, 'failed:unknown'],
  ]
  for (const [trouble, expected] of cases) {
    const server = await mailServer()
    const { installation, send } = ready({ mail: { url: server.url, from: FROM } })
    server.trouble(trouble)
    await send('2023-03-06T09:05')
    assert.deepEqual(standing(installation), [`received:email:${expected}`], JSON.stringify(trouble))
    await server.close()
  }
  const closed = await mailServer()
  await closed.close()
  const away = ready({ mail: { url: closed.url, from: FROM } })
  await away.send('2023-03-06T09:05')
  assert.deepEqual(standing(away.installation), ['received:email:held:unreached'])
  const server = await mailServer('đúng')
  const locked = ready({
    mail: { url: server.url.replace(encodeURIComponent('đúng'), 'sai').replace('đúng', 'sai'), from: FROM },
  })
  await locked.send('2023-03-06T09:05')
  assert.deepEqual(standing(locked.installation), ['received:email:held:refused 535'])
  await server.close()
})

test('so it is with the gateway', async () => {
  const cases = [
    [503, 'held:refused 503'],
    [401, 'held:refused 401'],
    [302, 'held:refused 302'],
    [422, 'failed:refused 422'],
    ['cut', 'failed:unknown'],
  ] as const
  for (const [answer, expected] of cases) {
    const there = await receiver()
    there.answer((response, _received, request) =>
      answer === 'cut' ? request.socket.destroy() : response.writeHead(answer).end(`không nhận ${PHONE}`),
    )
    const { installation, send } = ready(
      { gateway: { url: there.url, secret: GATEWAY_SECRET } },
      { email: null },
    )
    await send('2023-03-06T09:05')
    assert.deepEqual(standing(installation), [`received:sms:${expected}`], String(answer))
    await there.close()
  }
  const closed = await receiver()
  await closed.close()
  const away = ready({ gateway: { url: closed.url, secret: GATEWAY_SECRET } }, { email: null })
  await away.send('2023-03-06T09:05')
  assert.deepEqual(standing(away.installation), ['received:sms:held:unreached'])
})

test('a message whose sender died in between is not sent again by itself: it fails, and a person decides', async () => {
  const server = await mailServer()
  const { installation, send, write } = ready({ mail: { url: server.url, from: FROM } })
  // What a kill between sending and writing it down leaves: a claim that lapses after three minutes.
  installation.db
    .prepare(`UPDATE messages SET status = 'sending', attempts = 1, send_at = ?`)
    .run(parseInstant('2023-03-06T09:08'))
  assert.deepEqual(await send('2023-03-06T09:07'), [])
  refused('message_gone', () => write(() => stopMessage(installation, COUNTER, 1)))
  assert.deepEqual(await send('2023-03-06T09:08'), ['skipped'])
  assert.deepEqual(standing(installation), ['received:email:failed:unknown'])
  assert.equal(openAlarms(installation.db).length, 1)
  assert.equal(server.received.length, 0)
  write(() => resendMessage(installation, COUNTER, 1))
  assert.deepEqual(await send('2023-03-06T09:10'), ['sent'])
  assert.match(server.received[0]!.id, /^<msg_1_/, 'the same id as the first time')
  await server.close()
})

test('two senders do not send the same message', async () => {
  const server = await mailServer()
  const { installation } = ready({ mail: { url: server.url, from: FROM } })
  installation.at('2023-03-06T09:05')
  const both = await Promise.all([1, 2].map(() => sendMessage(installation, 1, NEVER)))
  assert.deepEqual(both.toSorted(), ['sent', 'skipped'])
  assert.equal(server.received.length, 1)
  await server.close()
})

test('an own template is used, and one with something wrong is not', async () => {
  const server = await mailServer()
  const { installation, desk, dossier, send } = ready({ mail: { url: server.url, from: FROM } })
  const dir = installation.messages.templatesDir
  mkdirSync(dir, { recursive: true })
  writeFileSync(`${dir}/result_ready.txt`, 'Xong {{ma}}\n\nMời ông/bà {{ nguoi_nop }} đến {{noi_tra}}.')
  desk.act(dossier, 'finish')
  await send('2023-03-06T09:10')
  assert.deepEqual(
    [server.received[0]!.subject, server.received[0]!.text],
    [`Xong ${dossier.code}`, `Mời ông/bà ${NAME} đến tại Bộ phận Một cửa.`],
  )
  writeFileSync(`${dir}/returned.txt`, 'Xong {{ma}}\n\nGửi {{so_dien_thoai}}')
  desk.act(dossier, 'return_result')
  await send('2023-03-06T09:20')
  assert.equal(server.received[1]!.subject, `Đã trả kết quả hồ sơ ${dossier.code}`)
  await server.close()
})

test('in the trial mailbox everything is held and rendered, and nothing leaves', async () => {
  const { installation, send } = ready({ mode: 'mailbox' })
  assert.deepEqual(await send('2023-03-06T09:05'), ['skipped'])
  assert.deepEqual(standing(installation), ['received:email:stopped:mailbox'])
  assert.ok(findMessage(installation.db, 1)!.textSealed)
})

test('after thirty days address and text are gone, and failed ones leave the list and the alarm', async () => {
  const server = await mailServer()
  const { installation, desk, dossier, send } = ready({ mail: { url: server.url, from: FROM } })
  await send('2023-03-06T09:05')
  server.trouble({ at: 'rcpt', answer: 550 })
  desk.act(dossier, 'finish')
  await send('2023-03-06T10:00')
  installation.at('2023-04-05T09:00')
  assert.equal(tidyMessages(installation), 0)
  installation.at('2023-04-06T09:00')
  assert.equal(tidyMessages(installation), 2)
  assert.deepEqual(standing(installation), ['received:email:sent', 'result_ready:email:stopped:forgotten'])
  assert.equal(findMessage(installation.db, 1)!.toSealed, null)
  assert.deepEqual(openAlarms(installation.db), [])
  await server.close()
})

test('neither name nor address nor text is in the log, whatever goes wrong', async () => {
  const lines: string[] = []
  const log = pino(
    { level: 'trace' },
    new Writable({
      write(chunk, _encoding, done) {
        lines.push(String(chunk))
        done()
      },
    }),
  )
  const server = await mailServer()
  for (const trouble of [null, { at: 'rcpt', answer: 550 }, { at: 'data', answer: 'cut' }] as const) {
    const { installation } = ready({ mail: { url: server.url, from: FROM } })
    server.trouble(trouble)
    installation.at('2023-03-06T09:05')
    await sendMessage({ ...installation, log }, 1, NEVER)
    const { error } = findMessage(installation.db, 1)!
    for (const secret of [EMAIL, PHONE, NAME]) assert.ok(!(error ?? '').includes(secret))
  }
  const text = lines.join('')
  assert.equal(lines.length, 3)
  for (const secret of [EMAIL, PHONE, NAME, 'Kính gửi', 'Đào']) assert.ok(!text.includes(secret), secret)
  await server.close()
})

test('a mail server elsewhere that cannot encrypt gets neither address nor text', async () => {
  const said: string[] = []
  const server = createServer((socket) => {
    socket.unref()
    socket.write('220 may-chu\r\n')
    socket.on('data', (data) => {
      said.push(String(data))
      socket.write(String(data).startsWith('EHLO') ? '250-may-chu\r\n250 8BITMIME\r\n' : '502 không\r\n')
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // A test that fails does not wait for it.
  server.unref()
  const { port } = server.address() as { port: number }
  // A name of this machine that is none of those taken for it.
  const url = `smtp://0.0.0.0:${port}`
  const sent = await sendMail({ url, from: FROM }, { id: 'msg_1', to: EMAIL, subject: 'x', text: 'y' })
  assert.equal(sent.outcome, 'later')
  assert.match(said.join(''), /^EHLO .*\r\n(STARTTLS|QUIT)/)
  assert.ok(!said.join('').includes(EMAIL))
  assert.ok(!said.join('').includes('MAIL FROM'))
  server.close()
})

test('the machine itself is told apart from whoever may decide', () => {
  const { installation, desk, dossier } = ready({ mail: { url: 'smtp://127.0.0.1:1', from: FROM } })
  desk.as(SYSTEM).act(dossier, 'finish')
  assert.deepEqual(standing(installation), ['received:email:stopped:untrue'])
})

test('neither a subject nor an address adds a line or a reader to a mail', async () => {
  const server = await mailServer()
  const subject = 'Đã tiếp nhận\r\nBcc: ke-la@example.com'
  await sendMail({ url: server.url, from: FROM }, { id: 'msg_1', to: EMAIL, subject, text: 'y' })
  const [mail] = server.received
  const [head = ''] = mail!.raw.split('\r\n\r\n')
  assert.doesNotMatch(head, /^Bcc:/im)
  assert.deepEqual(mail!.to, [EMAIL])
  await server.close()
  for (const more of ['\r\nBcc: ke-la@example.com', ', ke-la@example.com', '\nx'])
    refused('invalid_email', () => ready({}, { applicant: { name: NAME, email: EMAIL + more } }))
})
