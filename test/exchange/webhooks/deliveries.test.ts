import assert from 'node:assert/strict'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { test } from 'node:test'
import { Webhook as Verifier } from 'standardwebhooks'
import { openAlarms } from '../../../db/queries/alarms.ts'
import { deliveryLog, type LoggedDelivery } from '../../../db/queries/webhook-deliveries.ts'
import { listWebhooks } from '../../../db/queries/webhooks.ts'
import { SYSTEM_ACTOR } from '../../../src/deps.ts'
import { actOnDossier } from '../../../src/dossiers/act-on-dossier.ts'
import { addWebhook, type WebhookInput } from '../../../src/exchange/webhooks/add-webhook.ts'
import { deliver, dueMessages } from '../../../src/exchange/webhooks/deliver.ts'
import { pauseWebhook, resumeWebhook } from '../../../src/exchange/webhooks/pause-webhook.ts'
import { pumpEvents } from '../../../src/exchange/webhooks/pump-events.ts'
import { removeWebhook } from '../../../src/exchange/webhooks/remove-webhook.ts'
import { resendMessage } from '../../../src/exchange/webhooks/resend-message.ts'
import { rotateSecret } from '../../../src/exchange/webhooks/rotate-secret.ts'
import { sendTest } from '../../../src/exchange/webhooks/send-test.ts'
import { signatureHeaders } from '../../../src/exchange/webhooks/signature.ts'
import { tidyDeliveries } from '../../../src/exchange/webhooks/tidy-deliveries.ts'
import { deskOf } from '../../support/desk.ts'
import { type Receiver, receiver } from '../../support/receiver.ts'
import { refused } from '../../support/refused.ts'
import { type TestInstallation, testInstallation } from '../../support/test-installation.ts'

const OPERATOR = { officerId: null, role: 'operator' } as const
const NEVER = new AbortController().signal

let installation: TestInstallation
let desk: ReturnType<typeof deskOf>
let there: Receiver

/** A test with an installation and a receiver of its own. Hooks would run for the tests of all files: they share a process. */
function told(name: string, body: () => void | Promise<void>): void {
  test(name, async () => {
    installation = testInstallation('2023-03-06T09:00')
    desk = deskOf(installation)
    there = await receiver()
    try {
      await body()
    } finally {
      await there.close()
    }
  })
}

const add = (given: Partial<WebhookInput> = {}) =>
  addWebhook(installation, OPERATOR, { label: 'Cổng tỉnh', url: there.url, acts: [], unit: '', ...given })

const log = (webhook = 1): readonly LoggedDelivery[] =>
  deliveryLog(installation.db, {
    webhook,
    status: null,
    before: Number.MAX_SAFE_INTEGER,
    limit: 100,
  }).toReversed()

/** Sends what is due, until nothing is. */
async function sendAll(): Promise<void> {
  while (pumpEvents(installation));
  for (let due = dueMessages(installation); due.length > 0; due = dueMessages(installation))
    for (const each of due) await deliver(installation, each, NEVER)
}

const minutes = (n: number) => installation.clock.set(installation.clock.now() + n * 60_000)

told(
  'every event recorded since the webhook was added is told once, signed, in order, without personal data',
  async () => {
    const before = desk.log({ applicant: { name: 'Trần Văn Trước', idNumber: '999190001234' } })
    const { secret } = add()
    const dossier = desk.log({
      applicant: { name: 'Nguyễn Thị Đào', idNumber: '999190004321', phone: '0912345678' },
    })
    desk.act(dossier, 'transfer')
    desk.act(before, 'transfer')
    desk.act(dossier, 'finish')
    await sendAll()
    await sendAll()
    assert.deepEqual(
      there.received.map(({ type }) => type),
      ['dossier.accept', 'dossier.transfer', 'dossier.transfer', 'dossier.finish'],
    )
    const verifier = new Verifier(secret)
    for (const { headers, body, id } of there.received) {
      verifier.verify(body, headers as Record<string, string>)
      assert.equal(headers['webhook-id'], id)
      assert.throws(() => verifier.verify(`${body} `, headers as Record<string, string>))
      assert.doesNotMatch(body, /Đào|Trước|99919000|0912345678/)
    }
    assert.equal(new Set(there.received.map(({ id }) => id)).size, 4)
    const { recordedAt, dossier: head } = JSON.parse(there.received[0]!.body)
    assert.equal(recordedAt, '2023-03-06T09:00:00+07:00')
    assert.equal(head.code, dossier.code)
    assert.equal(head.nationalCode, 2, 'the dossier is shown as the event left it')
    assert.equal(JSON.parse(there.received[3]!.body).dossier.nationalCode, 9)
    assert.ok(log().every(({ status, lastStatus }) => status === 'delivered' && lastStatus === 204))
  },
)

told('the signature is that of the example in the Standard Webhooks specification', () => {
  const signed = signatureHeaders(
    'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
    { id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', body: '{"test": 2432232314}' },
    1614265330_000,
  )
  assert.equal(signed['webhook-signature'], 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=')
  assert.equal(signed['webhook-timestamp'], '1614265330')
})

told('the ten lines of docs/webhooks.md tell a genuine message from any other', async () => {
  const { secret } = add()
  desk.log()
  await sendAll()
  const page = readFileSync(new URL('../../../docs/webhooks.md', import.meta.url), 'utf8')
  const [, code = ''] = /```js\n([\s\S]+?)```/.exec(page) ?? []
  const { isGenuine } = await import(`data:text/javascript,${encodeURIComponent(code)}`)
  const { headers, body } = there.received[0]!
  assert.equal(isGenuine(headers, body, secret), true)
  assert.equal(isGenuine(headers, body.replace('accept', 'finish'), secret), false)
  assert.equal(isGenuine({ ...headers, 'webhook-id': 'evt_1' }, body, secret), false)
  assert.equal(isGenuine({ ...headers, 'webhook-timestamp': '1614265330' }, body, secret), false)
})

told('a webhook is told only of its acts and of dossiers that its unit receives or resolves', async () => {
  add({ acts: ['finish'] })
  add({ unit: 'xa-quang-phuc' })
  add({ unit: 'huyen-tu-ky', acts: ['accept'] })
  const here = desk.log()
  const elsewhere = desk.log({ unit: 'xa-quang-phuc' })
  desk.act(here, 'finish')
  while (pumpEvents(installation));
  const told = (webhook: number) => log(webhook).map(({ dossierId, act }) => [dossierId, act])
  assert.deepEqual(told(1), [[here.id, 'finish']])
  assert.deepEqual(told(2), [[elsewhere.id, 'accept']])
  assert.deepEqual(
    told(3),
    [
      [here.id, 'accept'],
      [elsewhere.id, 'accept'],
    ],
    'with the units below it',
  )
})

told('two pumps at once make one message of each event', () => {
  add({ unit: 'xa-ngoc-ky' })
  for (let n = 0; n < 3; n += 1) desk.log()
  // Asked for the units of the day, so after it has read the events and before it writes.
  let other = 0
  const clock = {
    now() {
      other += 1
      if (other === 1) pumpEvents(installation)
      return installation.clock.now()
    },
  }
  pumpEvents({ db: installation.db, clock })
  assert.ok(other > 0)
  assert.equal(log().length, 3)
  assert.equal(pumpEvents(installation), false)
  assert.equal(log().length, 3)
})

told(
  'a failed message is tried again after 1, 5, 30 minutes, 2, 6, 12 and 24 hours, then given up with an alarm',
  async () => {
    add()
    desk.log()
    there.answer((response) => response.writeHead(500).end('Hỏng\n  rồi'.padEnd(900, '…')))
    await sendAll()
    for (const [index, wait] of [1, 5, 30, 120, 360, 720, 1440].entries()) {
      const [delivery] = log()
      assert.equal(delivery?.attempts, index + 1)
      assert.equal(delivery?.nextAt, installation.clock.now() + wait * 60_000)
      minutes(wait - 0.5)
      await sendAll()
      assert.equal(there.received.length, index + 1)
      assert.deepEqual(openAlarms(installation.db), [])
      minutes(0.5)
      await sendAll()
    }
    const [delivery] = log()
    assert.equal(delivery?.status, 'given_up')
    assert.equal(delivery?.lastStatus, 500)
    assert.match(delivery?.lastError ?? '', /^Hỏng rồi…/)
    assert.equal(delivery?.lastError?.length, 200)
    assert.equal(there.received.length, 8)
    assert.equal(new Set(there.received.map(({ body }) => body)).size, 1, 'the same bytes each time')
    const [alarm] = openAlarms(installation.db)
    assert.equal(alarm?.kind, 'webhook_given_up')
    assert.ok(alarm?.subject.startsWith(there.url))

    there.answer((response) => response.writeHead(200).end())
    resendMessage(installation, OPERATOR, 1, delivery!.id)
    assert.deepEqual(openAlarms(installation.db), [])
    await sendAll()
    assert.equal(log()[0]?.status, 'delivered')
    assert.equal(there.received.at(-1)?.id, there.received[0]?.id)
  },
)

told('Retry-After is honoured, in seconds and as a date, but not for longer than a day', async () => {
  add()
  desk.log()
  const asked = async (value: string, expectedMinutes: number) => {
    there.answer((response) => response.writeHead(429, { 'retry-after': value }).end())
    resendMessage(installation, OPERATOR, 1, log()[0]!.id)
    await sendAll()
    const waits = (log()[0]!.nextAt! - installation.clock.now()) / 60_000
    assert.ok(Math.abs(waits - expectedMinutes) < 0.1, `${value}: ${waits}`)
  }
  while (pumpEvents(installation));
  await asked('600', 10)
  await asked('5', 1)
  await asked('999999', 24 * 60)
  await asked('soon', 1)
  const inAnHour = Temporal.Now.zonedDateTimeISO('UTC').add({ hours: 1 })
  const day = inAnHour.toLocaleString('en-GB', { day: '2-digit' })
  const month = inAnHour.toLocaleString('en-US', { month: 'short' })
  const time = inAnHour.toPlainTime().toString({ smallestUnit: 'second' })
  await asked(`Mon, ${day} ${month} ${inAnHour.year} ${time} GMT`, 60)
  await asked('Mon, 31 Feb 2030 00:00:00 GMT', 1)
})

told('a redirect is not followed and not taken for an answer', async () => {
  const other = await receiver()
  add()
  desk.log()
  there.answer((response) => response.writeHead(307, { location: other.url }).end())
  await sendAll()
  assert.equal(other.received.length, 0)
  assert.equal(log()[0]?.lastStatus, 307)
  assert.equal(log()[0]?.status, 'waiting')
  await other.close()
})

told(
  'nobody at the address, a line that breaks and a host that does not exist are failures with a reason',
  async () => {
    const gone = await receiver()
    await gone.close()
    const breaks = createServer((socket) => socket.on('data', () => socket.destroy()))
    breaks.listen(0, '127.0.0.1')
    await once(breaks, 'listening')
    add({ url: gone.url })
    add({ url: `http://127.0.0.1:${(breaks.address() as { port: number }).port}/` })
    add({ url: 'http://khong-co.invalid/' })
    desk.log()
    await sendAll()
    for (const id of [1, 2, 3]) {
      assert.equal(log(id)[0]?.status, 'waiting')
      assert.equal(log(id)[0]?.lastStatus, null)
      assert.match(log(id)[0]?.lastError ?? '', /^Không kết nối được \(\w+\)\.$/)
    }
    breaks.close()
  },
)

told('a later message of a dossier waits for the earlier one, other dossiers do not', async () => {
  add()
  const first = desk.log()
  const second = desk.log()
  desk.act(first, 'transfer')
  desk.act(second, 'transfer')
  there.answer((response, { dossier }) => response.writeHead(dossier?.id === first.id ? 400 : 204).end())
  await sendAll()
  const told = () => there.received.map(({ dossier, type }) => `${dossier?.id} ${type}`)
  assert.deepEqual(told(), [
    `${first.id} dossier.accept`,
    `${second.id} dossier.accept`,
    `${second.id} dossier.transfer`,
  ])
  there.answer((response) => response.writeHead(204).end())
  minutes(1)
  await sendAll()
  assert.deepEqual(told().slice(3), [`${first.id} dossier.accept`, `${first.id} dossier.transfer`])
})

told(
  'what was claimed is sent by nobody else until the claim lapses, and a late result changes nothing',
  async () => {
    add()
    desk.log()
    while (pumpEvents(installation));
    const [due] = dueMessages(installation)
    let finish = () => {}
    there.answer((response) => {
      finish = () => response.writeHead(500).end()
    })
    const first = deliver(installation, due!, NEVER)
    assert.equal(await deliver(installation, due!, NEVER), 'skipped')
    assert.deepEqual(dueMessages(installation), [])
    while (there.received.length === 0) await new Promise((resolve) => setTimeout(resolve, 5))
    const finishFirst = finish
    minutes(1)
    there.answer((response) => response.writeHead(204).end())
    await sendAll()
    assert.equal(log()[0]?.status, 'delivered')
    finishFirst()
    await first
    assert.equal(log()[0]?.status, 'delivered')
    assert.equal(log()[0]?.attempts, 2)
  },
)

told(
  'an address with many messages has two on their way at once, and others are not kept waiting',
  async () => {
    add()
    const other = await receiver()
    add({ label: 'Khác', url: other.url })
    for (let n = 0; n < 6; n += 1) desk.log()
    there.answer(() => {})
    while (pumpEvents(installation));
    const stop = new AbortController()
    const sent: Promise<unknown>[] = []
    for (let round = 0; round < 8; round += 1) {
      const due = dueMessages(installation)
      for (const each of due) {
        const one = deliver(installation, each, stop.signal)
        if (each.webhookId === 2) await one
        else sent.push(one)
      }
    }
    assert.equal(other.received.length, 6)
    assert.equal(sent.length, 2)
    stop.abort()
    await Promise.all(sent)
    assert.ok(
      log(1).every(({ status }) => status === 'waiting'),
      'cut off, to be sent again',
    )
    await other.close()
  },
)

told('a paused webhook is told later what happened meanwhile, as it was then', async () => {
  add()
  const dossier = desk.log()
  pauseWebhook(installation, OPERATOR, 1)
  desk.act(dossier, 'finish')
  await sendAll()
  assert.equal(there.received.length, 0)
  resumeWebhook(installation, OPERATOR, 1)
  minutes(60 * 24 * 10)
  await sendAll()
  assert.deepEqual(
    there.received.map(({ dossier: head }) => head?.state),
    ['accepted', 'result_ready'],
  )
  const { overdue, workingDaysLeft } = JSON.parse(there.received[0]!.body).dossier
  assert.deepEqual([overdue, workingDaysLeft], [false, 3])
})

told('a removed webhook has no secret, sends nothing and keeps its log', async () => {
  add()
  desk.log()
  while (pumpEvents(installation));
  assert.equal(removeWebhook(installation, OPERATOR, 1), 1)
  await sendAll()
  assert.equal(there.received.length, 0)
  assert.deepEqual(listWebhooks(installation.db), [])
  assert.equal(log()[0]?.status, 'given_up')
  assert.equal(installation.db.prepare('SELECT length(secret) FROM webhooks').pluck().get(), 0)
  refused('unknown_webhook', () => resumeWebhook(installation, OPERATOR, 1))
})

told('a rotated secret signs at once, and the old one no more', async () => {
  const { secret: old } = add()
  const { secret } = rotateSecret(installation, OPERATOR, 1)
  assert.notEqual(secret, old)
  desk.log()
  await sendAll()
  const { body, headers } = there.received[0]!
  new Verifier(secret).verify(body, headers as Record<string, string>)
  assert.throws(() => new Verifier(old).verify(body, headers as Record<string, string>))
})

told(
  'a secret is stored sealed, and one that this key does not open is a failure that says what to do',
  async () => {
    const { secret } = add()
    const row = installation.db.prepare('SELECT secret FROM webhooks').pluck().get() as Buffer
    assert.equal(row.includes(secret.slice(6)), false)
    desk.log()
    const stranger = { ...installation, vault: testInstallation().vault }
    while (pumpEvents(installation));
    assert.equal(await deliver(stranger, dueMessages(installation)[0]!, NEVER), 'failed')
    assert.match(log()[0]?.lastError ?? '', /Hãy đổi khoá ký/)
  },
)

told('a test message is signed, about nothing, answered at once and in no log', async () => {
  const { secret } = add()
  there.answer((response) => response.writeHead(401).end('không biết'))
  assert.deepEqual(await sendTest(installation, OPERATOR, 1), {
    taken: false,
    status: 401,
    error: 'không biết',
    retryAfterMs: null,
    unreached: false,
  })
  const { body, headers, type } = there.received[0]!
  assert.equal(type, 'webhook.test')
  new Verifier(secret).verify(body, headers as Record<string, string>)
  assert.deepEqual(log(), [])
})

told('what was delivered or given up 30 days ago is tidied, what waits is not', async () => {
  add()
  desk.log()
  await sendAll()
  there.answer((response) => response.writeHead(500).end())
  const given = desk.log()
  const waits = desk.log()
  await sendAll()
  installation.db.prepare(`UPDATE webhook_deliveries SET status = 'given_up' WHERE event_id = 2`).run()
  minutes(30 * 24 * 60)
  assert.equal(tidyDeliveries(installation), 0)
  minutes(1)
  assert.equal(openAlarms(installation.db).length, 1)
  assert.equal(tidyDeliveries(installation), 2)
  assert.deepEqual(
    log().map(({ dossierId }) => dossierId),
    [waits.id],
  )
  assert.notEqual(given.id, waits.id)
  assert.deepEqual(openAlarms(installation.db), [])
})

told('what cannot be an address, a name, an act or a unit is refused, and so is a clerk', () => {
  for (const url of [
    '',
    'nhan',
    'ftp://x/',
    'javascript:alert(1)',
    'http://',
    `http://x/${'a'.repeat(2000)}`,
  ])
    refused('invalid_webhook_url', () => add({ url }))
  for (const url of ['https://ten:matkhau@x.vn/', 'https://ten@x.vn/'])
    refused('credentials_in_url', () => add({ url }))
  refused('webhook_label', () => add({ label: ' ' }))
  refused('unknown_act', () => add({ acts: ['accept', 'xoa'] }))
  refused('unknown_unit', () => add({ unit: 'xa-khong-co' }))
  assert.deepEqual(listWebhooks(installation.db), [])
  for (const role of ['counter', 'officer'] as const)
    refused('not_permitted', () =>
      addWebhook(installation, { officerId: null, role }, { label: 'a', url: there.url, acts: [], unit: '' }),
    )
  add()
  refused('unknown_delivery', () => resendMessage(installation, OPERATOR, 1, 99))
  desk.log()
  while (pumpEvents(installation));
  pauseWebhook(installation, OPERATOR, 1)
  refused('webhook_paused', () => resendMessage(installation, OPERATOR, 1, log()[0]!.id))
})

told('an act costs the desk no query more with webhooks than without', () => {
  add()
  const dossier = desk.log()
  const seen: string[] = []
  const db = new Proxy(installation.db, {
    get(target, name) {
      if (name !== 'prepare') return Reflect.get(target, name)
      return (sql: string) => {
        seen.push(sql)
        return target.prepare(sql)
      }
    },
  })
  installation.db.transaction(() =>
    actOnDossier({ ...installation, db }, SYSTEM_ACTOR, dossier.id, { act: 'transfer' }),
  )()
  assert.ok(seen.length > 5)
  assert.deepEqual(
    seen.filter((sql) => sql.includes('webhook')),
    [],
  )
})
