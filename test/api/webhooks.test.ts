import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Webhook as Verifier } from 'standardwebhooks'
import { deliver, dueMessages } from '../../src/exchange/webhooks/deliver.ts'
import { pumpEvents } from '../../src/exchange/webhooks/pump-events.ts'
import { receiver } from '../support/receiver.ts'
import { DISTRICT_HEAD } from '../support/signed-in.ts'
import { type ApiUnderTest, apiUnderTest, INTAKE } from './api-under-test.ts'

const CLERK = { 'x-motcua-officer': 'xa-ngoc-ky.mot-cua-1' }
const ADMINISTRATOR = { 'x-motcua-officer': DISTRICT_HEAD }

async function sendAll({ installation }: ApiUnderTest): Promise<void> {
  while (pumpEvents(installation));
  for (let due = dueMessages(installation); due.length > 0; due = dueMessages(installation))
    for (const each of due) await deliver(installation, each, new AbortController().signal)
}

test('a webhook is added, tells, is paused, goes on, gets a new secret and is removed', async () => {
  const api = await apiUnderTest()
  const { get, post } = api
  const there = await receiver()
  const body = { label: 'Cổng tỉnh', url: there.url, acts: ['accept', 'finish'], unit: 'xa-ngoc-ky' }
  const added = await post('webhooks', body, ADMINISTRATOR)
  assert.equal(added.status, 201)
  assert.equal(added.headers['location'], '/api/v1/webhooks/1')
  const { secret, ...shown } = added.json
  assert.match(secret, /^whsec_/)
  assert.deepEqual((await get('webhooks', ADMINISTRATOR)).json.webhooks, [shown])
  assert.deepEqual(shown.unit, { key: 'xa-ngoc-ky', label: 'Xã Ngọc Kỳ' })
  assert.deepEqual([shown.acts, shown.waiting, shown.lastDeliveredAt], [['accept', 'finish'], 0, null])

  await post('dossiers', INTAKE)
  await sendAll(api)
  assert.equal((await get('webhooks/1')).json.lastDeliveredAt, '2023-03-06T09:00:00+07:00')
  const [delivery] = (await get('webhooks/1/deliveries')).json.items
  assert.deepEqual([delivery.status, delivery.attempts, delivery.lastStatus], ['delivered', 1, 204])
  assert.equal(delivery.messageId, there.received[0]?.id)
  const one = await get(`webhooks/1/deliveries/${delivery.id}`)
  assert.equal(one.json.body, there.received[0]?.body)

  assert.equal((await post('webhooks/1/pause', {})).json.pausedAt, '2023-03-06T09:00:00+07:00')
  assert.equal((await post(`webhooks/1/deliveries/${delivery.id}/resend`, {})).json.code, 'webhook_paused')
  assert.equal((await post('webhooks/1/resume', {})).json.pausedAt, null)
  assert.equal((await post(`webhooks/1/deliveries/${delivery.id}/resend`, {})).json.status, 'waiting')
  const rotated = await post('webhooks/1/rotate-secret', {})
  await sendAll(api)
  const again = there.received[1]!
  assert.equal(again.body, there.received[0]?.body)
  new Verifier(rotated.json.secret).verify(again.body, again.headers as Record<string, string>)

  assert.deepEqual((await post('webhooks/1/test', {})).json, { taken: true, status: 204, error: null })
  assert.deepEqual((await post('webhooks/1/remove', {})).json, { givenUp: 0 })
  assert.equal((await get('webhooks/1')).json.code, 'unknown_webhook')
  await there.close()
})

test('the log is read page by page and by status', async () => {
  const api = await apiUnderTest()
  const there = await receiver()
  await api.post('webhooks', { label: 'Thử', url: there.url })
  for (let n = 0; n < 5; n += 1) await api.post('dossiers', INTAKE)
  await sendAll(api)
  await api.post('dossiers', INTAKE)
  pumpEvents(api.installation)
  const seen: number[] = []
  let cursor: string | null = ''
  while (cursor !== null) {
    const { json } = await api.get(`webhooks/1/deliveries?limit=4&cursor=${cursor}`)
    seen.push(...json.items.map(({ id }: { id: number }) => id))
    cursor = json.nextCursor
  }
  assert.deepEqual(seen, [6, 5, 4, 3, 2, 1])
  const waiting = await api.get('webhooks/1/deliveries?status=waiting')
  assert.deepEqual(
    waiting.json.items.map(({ id }: { id: number }) => id),
    [6],
  )
  assert.equal((await api.get('webhooks/1/deliveries?cursor=x')).json.code, 'invalid_cursor')
  assert.equal((await api.get('webhooks/1/deliveries/99')).json.code, 'unknown_delivery')
  await there.close()
})

test('a repeated request adds no second webhook and does not show the secret again', async () => {
  const { get, post } = await apiUnderTest()
  const key = { 'idempotency-key': 'webhook-1' }
  const body = { label: 'Thử', url: 'https://nhan.example/' }
  const first = await post('webhooks', body, key)
  const second = await post('webhooks', body, key)
  assert.match(first.json.secret, /^whsec_/)
  assert.deepEqual([second.status, second.json.id, second.json.secret], [201, 1, null])
  assert.equal((await get('webhooks')).json.webhooks.length, 1)
})

test('a clerk is refused at every door, wrong input with a sentence, and nothing is written', async () => {
  const { get, post, fingerprint } = await apiUnderTest()
  const body = { label: 'Thử', url: 'https://nhan.example/' }
  await post('webhooks', body)
  const before = fingerprint()
  for (const path of ['webhooks', 'webhooks/1', 'webhooks/1/deliveries', 'webhooks/1/deliveries/1'])
    assert.equal((await get(path, CLERK)).json.code, 'not_permitted', path)
  for (const path of ['pause', 'resume', 'remove', 'rotate-secret', 'test', 'deliveries/1/resend'])
    assert.equal((await post(`webhooks/1/${path}`, {}, CLERK)).status, 403, path)
  assert.equal((await post('webhooks', body, CLERK)).status, 403)
  for (const [change, code] of [
    [{ url: 'ftp://nhan.example' }, 'invalid_webhook_url'],
    [{ url: 'https://a:b@nhan.example' }, 'credentials_in_url'],
    [{ acts: ['bay'] }, 'unknown_act'],
    [{ unit: 'khong-co' }, 'unknown_unit'],
    [{ label: '' }, 'webhook_label'],
    [{ la: 1 }, 'invalid_request'],
  ] as const)
    assert.equal((await post('webhooks', { ...body, ...change })).json.code, code)
  assert.equal(fingerprint(), before)
})
