import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { type TestOptions, test } from 'node:test'
import { Queue } from 'bullmq'
import { upsertSetting } from '../../db/queries/settings.ts'
import { addWebhook } from '../../src/exchange/webhooks/add-webhook.ts'
import { WEBHOOK_QUEUE_NAME } from '../../src/jobs.ts'
import { openVault } from '../../src/vault.ts'
import { startBullmqRunner } from '../../workers/bullmq-runner.ts'
import { startWebhookRunner } from '../../workers/webhook-runner.ts'
import { deskOf } from '../support/desk.ts'
import { killed } from '../support/killed.ts'
import { type Receiver, receiver } from '../support/receiver.ts'
import { redisMissing, type TestRedis, testRedis } from '../support/redis.ts'
import { type TempInstallation, tempInstallation } from '../support/temp-installation.ts'
import { waitFor } from '../support/wait-for.ts'

const OPERATOR = { officerId: null, role: 'operator' } as const
const FAST = { everyMs: 100 }

let installation: TempInstallation
let there: Receiver

/** A test with an installation and a receiver of its own. Hooks would run for the tests of all files: they share a process. */
function told(name: string, options: TestOptions, body: () => Promise<void>): void {
  test(name, options, async () => {
    const made = tempInstallation('2023-03-06T09:00')
    // The key that other processes find.
    installation = { ...made, vault: openVault(made.config.keyFile) }
    there = await receiver()
    add(there.url)
    try {
      await body()
    } finally {
      await there.close()
      installation.close()
    }
  })
}

function add(url: string): void {
  addWebhook(installation, OPERATOR, { label: 'Thử', url, acts: [], unit: '' })
}

const logDossiers = (count: number) => {
  for (let n = 0; n < count; n += 1) deskOf(installation).log()
}
const statuses = () =>
  installation.db.prepare('SELECT DISTINCT status FROM webhook_deliveries').pluck().all() as string[]
const mostAttempts = () =>
  installation.db.prepare('SELECT max(attempts) FROM webhook_deliveries').pluck().get()
const isTold = (count: number) => () => there.received.length >= count && statuses().join() === 'delivered'

told('without Redis the thread itself tells everything, once', {}, async () => {
  const runner = startWebhookRunner(installation, FAST)
  logDossiers(30)
  await waitFor('the messages', isTold(30))
  await runner.stop()
  assert.equal(there.received.length, 30)
  assert.equal(mostAttempts(), 1)
})

interface OnRedis {
  readonly redis: TestRedis
  readonly queue: Queue
}

async function onRedis(work: (scene: OnRedis) => Promise<void>): Promise<void> {
  const redis = await testRedis()
  let over = false
  const connection = { url: redis.url, retryStrategy: () => (over ? null : 200) }
  const queue = new Queue(WEBHOOK_QUEUE_NAME, { connection })
  queue.on('error', () => {})
  try {
    await work({ redis, queue })
  } finally {
    over = true
    await redis.close()
    await queue.close().catch(() => {})
  }
}

told('with Redis two workers share the queue and tell everything once', { skip: redisMissing }, () =>
  onRedis(async ({ redis, queue }) => {
    await queue.pause()
    const runners = [1, 2].map(() => startWebhookRunner(installation, { redisUrl: redis.url, ...FAST }))
    logDossiers(30)
    await waitFor('messages in the queue', async () => (await queue.getWaitingCount()) >= 2)
    assert.equal(there.received.length, 0, 'the queue carries them')
    await queue.resume()
    await waitFor('the messages', isTold(30))
    await waitFor('an empty queue', async () => (await queue.getJobCountByTypes('active', 'wait')) === 0)
    await Promise.all(runners.map((runner) => runner.stop()))
    assert.equal(there.received.length, 30)
    assert.equal(mostAttempts(), 1)
    const left = await queue.getJobCounts('completed', 'failed', 'wait', 'delayed')
    assert.deepEqual(Object.values(left), [0, 0, 0, 0])
  }),
)

told('what Redis forgets is carried again', { skip: redisMissing }, () =>
  onRedis(async ({ redis, queue }) => {
    await queue.pause()
    const runner = startWebhookRunner(installation, { redisUrl: redis.url, ...FAST })
    logDossiers(5)
    await waitFor('messages in the queue', async () => (await queue.getWaitingCount()) >= 2)
    await redis.flush()
    await waitFor('the messages', isTold(5))
    await runner.stop()
    assert.equal(there.received.length, 5)
  }),
)

told(
  'while Redis is away messages go without it, and through it when it is back',
  { skip: redisMissing },
  () =>
    onRedis(async ({ redis }) => {
      const runner = startWebhookRunner(installation, { redisUrl: redis.url, ...FAST })
      logDossiers(2)
      await waitFor('the first messages', isTold(2))
      await redis.down()
      logDossiers(3)
      await waitFor('the messages without Redis', isTold(5), 20_000)
      await redis.up()
      const again = new Queue(WEBHOOK_QUEUE_NAME, { connection: { url: redis.url } })
      await again.pause()
      const isCarried = async () => {
        logDossiers(1)
        return (await again.getWaitingCount()) > 0
      }
      await waitFor('a message in the queue', isCarried, 20_000)
      await again.resume()
      const made = () => installation.db.prepare('SELECT count(*) FROM events').pluck().get() as number
      await waitFor('the last messages', () => isTold(made())(), 20_000)
      await again.close()
      await runner.stop()
      assert.equal(new Set(there.received.map(({ id }) => id)).size, made())
    }),
)

told('receivers that never answer hold up neither a closing nor the stop', { skip: redisMissing }, () =>
  onRedis(async ({ redis }) => {
    there.answer(() => {})
    for (let n = 0; n < 4; n += 1) add(there.url)
    logDossiers(3)
    const webhooks = startWebhookRunner(installation, { redisUrl: redis.url, ...FAST })
    await waitFor('five messages on their way', () => there.received.length === 5)
    installation.at('2023-03-13T06:00')
    const jobs = startBullmqRunner(installation, {
      redisUrl: redis.url,
      pattern: '* * * * * *',
      watchMs: 400,
    })
    const closed = installation.db.prepare(`SELECT closed_at FROM periods WHERE key = '2023-W10'`).pluck()
    await waitFor('the week to be closed', () => closed.get() != null)
    assert.ok(there.received.length >= 5)
    assert.deepEqual(statuses(), ['waiting'])
    await Promise.all([jobs.stop(), webhooks.stop()])
  }),
)

for (const [name, withRedis] of [
  ['a worker process killed between sending and the answer loses nothing: the message comes again', false],
  ['so it is with Redis', true],
] as const) {
  told(name, { skip: withRedis && redisMissing }, async () => {
    upsertSetting(installation.db, 'demo', true)
    const redis = withRedis ? await testRedis() : null
    const worker = (start: string) =>
      spawn(process.execPath, [new URL('../../workers/main.ts', import.meta.url).pathname], {
        env: {
          PATH: process.env['PATH'] ?? '',
          ...installation.env,
          CLOCK_START: start,
          ...(redis && { REDIS_URL: redis.url }),
        },
        stdio: ['ignore', 'inherit', 'inherit'],
      })
    logDossiers(1)
    there.answer(() => {})
    let child = worker('2023-03-06T10:00')
    try {
      await waitFor('the message', () => there.received.length === 1)
      await killed(child)
      assert.deepEqual(statuses(), ['waiting'])
      there.answer((response) => response.writeHead(204).end())
      child = worker('2023-03-06T10:02')
      await waitFor('the message again', isTold(2), 20_000)
      assert.equal(there.received[1]?.id, there.received[0]?.id, 'the receiver can tell')
      assert.equal(mostAttempts(), 2)
    } finally {
      await killed(child)
      await redis?.close()
    }
  })
}
