import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Queue } from 'bullmq'
import { openAlarms } from '../../db/queries/alarms.ts'
import { QUEUE_NAME } from '../../src/jobs.ts'
import { startBullmqRunner } from '../../workers/bullmq-runner.ts'
import { randomHistory } from '../support/random-history.ts'
import { redisMissing, type TestRedis, testRedis } from '../support/redis.ts'
import { type TempInstallation, tempInstallation } from '../support/temp-installation.ts'
import { waitFor } from '../support/wait-for.ts'

/** A tick each second instead of each minute. */
const FAST = { pattern: '* * * * * *', watchMs: 400 }

interface Scene {
  readonly installation: TempInstallation
  readonly redis: TestRedis
  readonly queue: Queue
}

async function scene(work: (scene: Scene) => Promise<void>): Promise<void> {
  const installation = tempInstallation('2023-03-06T08:00')
  randomHistory(installation, { from: '2023-03-13', days: 4, perDay: 10, seed: 51 })
  installation.at('2023-03-20T05:59')
  const redis = await testRedis()
  let over = false
  const queue = new Queue(QUEUE_NAME, {
    connection: { url: redis.url, retryStrategy: () => (over ? null : 200) },
  })
  queue.on('error', () => {})
  try {
    await work({ installation, redis, queue })
  } finally {
    over = true
    await redis.close()
    await queue.close().catch(() => {})
    installation.close()
  }
}

const isClosed = ({ db }: TempInstallation, key: string) =>
  db.prepare('SELECT closed_at FROM periods WHERE key = ?').pluck().get(key) != null
const mostRevisions = ({ db }: TempInstallation) =>
  db.prepare('SELECT max(revision) FROM snapshots').pluck().get()
const mostAttempts = ({ db }: TempInstallation) =>
  db.prepare('SELECT max(attempts) FROM job_runs').pluck().get()

test('on BullMQ a week is closed at its hour by two runners at once, once', { skip: redisMissing }, () =>
  scene(async ({ installation, redis, queue }) => {
    const runners = [1, 2].map(() => startBullmqRunner(installation, { redisUrl: redis.url, ...FAST }))
    await waitFor(
      'the night of the start',
      () =>
        (installation.db
          .prepare(`SELECT count(*) FROM job_runs WHERE outcome = 'done'`)
          .pluck()
          .get() as number) >= 4,
    )
    assert.equal(isClosed(installation, '2023-W11'), false)
    const scheduler = await queue.getJobScheduler('tick')
    assert.equal(scheduler?.tz, 'Asia/Ho_Chi_Minh')
    installation.at('2023-03-20T06:00')
    await waitFor('the week', () => isClosed(installation, '2023-W11'))
    await Promise.all(runners.map((runner) => runner.stop()))
    assert.equal(mostRevisions(installation), 1)
    assert.equal(mostAttempts(installation), 1)
    assert.deepEqual(openAlarms(installation.db), [])
    const counts = await queue.getJobCounts('completed', 'failed', 'wait')
    assert.deepEqual([counts['completed'], counts['failed']], [0, 0], 'nothing is left lying in Redis')
  }),
)

test('a schedule that Redis lost is put back', { skip: redisMissing }, () =>
  scene(async ({ installation, redis, queue }) => {
    const runner = startBullmqRunner(installation, { redisUrl: redis.url, ...FAST })
    await waitFor('the schedule', async () => (await queue.getJobScheduler('tick')) !== undefined)
    await redis.flush()
    await waitFor('the schedule again', async () => (await queue.getJobScheduler('tick')) !== undefined)
    installation.at('2023-03-20T06:00')
    await waitFor('the week', () => isClosed(installation, '2023-W11'))
    await runner.stop()
    assert.equal(mostRevisions(installation), 1)
  }),
)

test(
  'with Redis away the week is closed all the same, and with Redis back it ticks again',
  { skip: redisMissing },
  () =>
    scene(async ({ installation, redis, queue }) => {
      const runner = startBullmqRunner(installation, { redisUrl: redis.url, ...FAST })
      await waitFor('the schedule', async () => (await queue.getJobScheduler('tick')) !== undefined)
      await redis.down()
      installation.at('2023-03-20T06:00')
      await waitFor('the week, without Redis', () => isClosed(installation, '2023-W11'))
      await redis.up()
      const again = new Queue(QUEUE_NAME, { connection: { url: redis.url } })
      await waitFor(
        'the schedule in the new Redis',
        async () => (await again.getJobScheduler('tick')) !== undefined,
        20_000,
      )
      const ticked = async () => ((await again.getJobScheduler('tick'))?.iterationCount ?? 0) > 1
      await waitFor('ticks of the new Redis', ticked, 20_000)
      installation.at('2023-03-27T06:00')
      await waitFor('the next week', () => isClosed(installation, '2023-W12'))
      await again.close()
      await runner.stop()
      assert.equal(mostRevisions(installation), 1)
      assert.equal(mostAttempts(installation), 1)
    }),
)

test(
  'a runner that starts before Redis does closes what is due, and stops without it',
  { skip: redisMissing },
  () =>
    scene(async ({ installation, redis }) => {
      await redis.down()
      installation.at('2023-03-20T06:00')
      const runner = startBullmqRunner(installation, { redisUrl: redis.url, ...FAST })
      await waitFor('the week, without Redis', () => isClosed(installation, '2023-W11'))
      const before = performance.now()
      await runner.stop()
      assert.ok(performance.now() - before < 12_000)
    }),
)
